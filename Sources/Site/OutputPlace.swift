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
        for folder in ["content", "themes"] where (real + "/").hasPrefix("\(site)/\(folder)/") {
            throw .output(path: path, problem: "lies in the site's '\(folder)'", advice: Self.advice)
        }
    }

    private static let advice = "choose a folder of its own for the output, such as 'dist'"

    /// Without links as far as the path is there already.
    private static func real(_ path: String) -> String {
        if let real = Folder.realPath(path) { return real }
        let path = trimmed(path)
        guard let slash = path.lastIndex(of: "/") else { return real(".") + "/" + path }
        return real(slash == path.startIndex ? "/" : String(path[..<slash])) + path[slash...]
    }

    private static func trimmed(_ path: String) -> String {
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
        return String(path)
    }
}
