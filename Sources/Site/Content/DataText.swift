import Ground
import Settings

/// Reads a text that holds values, in whichever language it is written.
enum DataText {
    /// `firstLine` is the line of the file in which the text begins; `longest` is how many bytes it may have as YAML.
    static func value(
        of text: String,
        _ format: SourceText.Format,
        file: String,
        firstLine: Int = 1,
        longest: Int? = nil
    ) throws(Diagnostics) -> YAMLValue {
        switch format {
        case .yaml:
            try YAMLDocument(parsing: text, file: file, firstLine: firstLine, longest: longest).root
        case .toml: try TOMLDocument(parsing: text, file: file, firstLine: firstLine).root
        case .json: try JSONDocument(parsing: text, file: file, firstLine: firstLine).root
        }
    }
}
