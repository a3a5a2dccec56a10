import FoundationEssentials

extension FormBody {
    /// The texts of a flat JSON object; other values are passed over.
    static func jsonFields(of bytes: [UInt8]) throws(Problem) -> [String: String] {
        // The decoder guesses at UTF-16 and UTF-32, too, which whoever looks at requests on the way does not.
        guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
            throw .malformed
        }
        guard let fields = try? JSONDecoder().decode([String: Field].self, from: Data(bytes)) else {
            // Why it is no object is nothing that the sender does not know.
            throw .malformed
        }
        let texts = fields.compactMapValues(\.text)
        guard texts.values.allSatisfy({ !$0.utf8.contains(0) }) else { throw .malformed }
        return texts
    }

    private struct Field: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            // A number or a list is no text; it is left out.
            text = try? decoder.singleValueContainer().decode(String.self)
        }
    }
}
