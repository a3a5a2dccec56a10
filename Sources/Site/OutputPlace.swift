/// The output folder, known to be one that can be built into.
struct OutputPlace {
    let path: String

    /// Refuses an output that is the site's folder, lies around it, or lies among its sources.
    init(_ output: String, source: String, theme: String) throws(BuildFailure) {
        path = Self.trimmed(output)
        let real = Self.real(path)
        let site = Self.real(source)
        if site == real || site.hasPrefix(real == "/" ? real : real + "/") {
            throw .output(path: path, problem: "holds the site itself", advice: Self.advice)
        }
        // Each of these may be a link to elsewhere.
        for folder in ["content", "data", "words", "themes", "themes/\(theme)"]
        where (real + "/").hasPrefix(Self.real("\(site)/\(folder)") + "/") {
            throw .output(path: path, problem: "lies in the site's '\(folder)'", advice: Self.advice)
        }
    }

    private static let advice = "choose a folder of its own for the output, such as 'dist'"

    /// Without links, `.` and `..`; what is not there yet is taken by its name.
    private static func real(_ path: String) -> String {
        if let real = Folder.realPath(path) { return real }
        let path = trimmed(path)
        // Even the folder we are in may be gone.
        guard path != "." else { return path }
        let slash = path.lastIndex(of: "/")
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let parent = real(slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ".")
        switch name {
        case ".": return parent
        case "..": return String(parent[..<(parent.lastIndex(of: "/") ?? parent.startIndex)])
        default: return parent == "/" ? "/" + name : "\(parent)/\(name)"
        }
    }

    private static func trimmed(_ path: String) -> String {
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
        return String(path)
    }
}
