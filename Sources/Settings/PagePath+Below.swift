package import Ground

extension PagePath {
    /// The path `/<segment>`, for segments that stand in this program's own text.
    package static func at(_ segment: String) -> PagePath { PagePath.root.below(segment) }

    /// The path of something in this folder; this path itself where the name cannot be part of one.
    package func below(_ name: String) -> PagePath { PagePath(asFolder.text + name) ?? self }
}
