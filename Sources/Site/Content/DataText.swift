import Ground
import Settings

/// Reads a text that holds values, in whichever language it is written.
enum DataText {
    /// `firstLine` is the line of the file in which the text begins.
    static func value(
        of text: String,
        _ format: SourceText.Format,
        file: String,
        firstLine: Int = 1
    ) throws(Diagnostics) -> YAMLValue {
        switch format {
        case .yaml: try YAMLDocument(parsing: text, file: file, firstLine: firstLine).root
        case .toml: try TOMLDocument(parsing: text, file: file, firstLine: firstLine).root
        case .json: try JSONDocument(parsing: text, file: file, firstLine: firstLine).root
        }
    }
}
