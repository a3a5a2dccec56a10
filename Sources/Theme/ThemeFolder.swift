import FoundationEssentials
import Ground

/// The files of a theme as they lie on the disk: plain files in plain folders, nothing hidden.
struct ThemeFolder {
    private(set) var files: [ThemeFile] = []
    private(set) var problems: [Diagnostic] = []
    /// In bytes; more than any template needs, less than any machine lacks.
    private static let longestText = 16 << 20
    private let folder: String
    private let shownAs: String

    init(_ folder: String, shownAs: String) {
        self.folder = folder
        self.shownAs = shownAs
        guard FileManager.default.fileExists(atPath: folder) else {
            problems = [Diagnostic(at: Place(file: shownAs), "there is no such theme")]
            return
        }
        for part in ["assets", "layouts", "partials", "server", "tags", "words"] {
            switch Self.kind(of: folder + "/" + part) {
            case nil: break
            case .typeDirectory?: read(part)
            default: problems.append(Diagnostic(at: place(part), "this part of a theme must be a folder"))
            }
        }
    }

    /// The text of a template file.
    static func text(of file: ThemeFile) throws(Diagnostics) -> String {
        let size = (try? FileManager.default.attributesOfItem(atPath: file.location))?[.size] as? Int
        // What has no size is not there, which is told below.
        guard size ?? 0 <= longestText else {
            let problem = "the template is larger than \(longestText >> 20) MB"
            throw Diagnostics([Diagnostic(at: Place(file: file.shownAs), problem)])
        }
        guard let bytes = FileManager.default.contents(atPath: file.location) else {
            throw Diagnostics([Diagnostic(at: Place(file: file.shownAs), "the template cannot be read")])
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Diagnostics([Diagnostic(at: Place(file: file.shownAs), "the template is not UTF-8")])
        }
        return text
    }
}

extension ThemeFolder {
    private mutating func read(_ path: String) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + path) else {
            // Told as a problem; what the system says of a folder adds nothing to "cannot be read".
            problems.append(Diagnostic(at: place(path), "the folder cannot be read"))
            return
        }
        for name in names.sorted() where !name.hasPrefix(".") && !name.hasSuffix("~") {
            take(path + "/" + name)
        }
    }

    private mutating func take(_ path: String) {
        let location = folder + "/" + path
        switch Self.kind(of: location) {
        case .typeDirectory?: read(path)
        case .typeRegular?:
            files.append(ThemeFile(path: path, location: location, shownAs: shownAs + "/" + path))
        default: problems.append(Diagnostic(at: place(path), "a theme holds plain files and folders only"))
        }
    }

    // Not followed through links: attributes are the link's own. A fifo would be waited for, so it is refused.
    private static func kind(of location: String) -> FileAttributeType? {
        // Nil where nothing lies there, or where it cannot be asked.
        (try? FileManager.default.attributesOfItem(atPath: location))?[.type] as? FileAttributeType
    }

    private func place(_ path: String) -> Place { Place(file: shownAs + "/" + path) }
}
