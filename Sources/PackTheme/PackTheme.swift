import FoundationEssentials

/// Writes a Swift file that holds the files of a theme, so that the program carries it wherever it is copied to.
///
/// Arguments: the Swift file, the theme's folder, and the files in it.
@main
struct PackTheme {
    static func main() throws {
        let arguments = CommandLine.arguments
        let (output, folder) = (arguments[1], arguments[2])
        let entries = try arguments.dropFirst(3).sorted().map { path in
            let bytes = try Data(contentsOf: URL(filePath: path))
            // Base 64 needs no escapes, compiles fast, and takes pictures and fonts as well as texts.
            return "        (\"\(path.dropFirst(folder.count + 1))\", \"\(bytes.base64EncodedString())\"),"
        }
        let source = """
            enum PackedTheme {
                /// Paths below the theme's folder, sorted, and contents in base 64.
                static let files: [(path: String, base64: String)] = [
            \(entries.joined(separator: "\n"))
                ]
            }

            """
        try Data(source.utf8).write(to: URL(filePath: output))
    }
}
