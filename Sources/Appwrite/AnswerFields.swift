import FoundationEssentials

/// The names of what we read from Appwrite's answers.
struct AnswerKey: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init(stringLiteral value: String) { stringValue = value }
    init?(intValue: Int) { nil }
}

/// Reads one object of an answer.
///
/// Fields that we do not know are ignored. A field that an older server lacks, or gives as null, reads as empty; only
/// what nothing would make sense without is required.
struct AnswerFields {
    private let container: KeyedDecodingContainer<AnswerKey>

    init(_ decoder: any Decoder) throws {
        container = try decoder.container(keyedBy: AnswerKey.self)
    }

    func required<Value: Decodable>(_ key: AnswerKey, as type: Value.Type = Value.self) throws -> Value {
        try container.decode(type, forKey: key)
    }

    func text(_ key: AnswerKey) throws -> String {
        try container.decodeIfPresent(String.self, forKey: key) ?? ""
    }

    /// A text that can be a cookie's value as it is (RFC 6265 §4.1.1); empty where there is none.
    ///
    /// What could end the value and begin an attribute is no secret of Appwrite's.
    func cookieValue(_ key: AnswerKey) throws -> String {
        let text = try text(key)
        let isValue = text.utf8.allSatisfy { (0x21...0x7e).contains($0) && !"\",;\\".utf8.contains($0) }
        guard isValue else {
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: container,
                debugDescription: "no cookie can hold it"
            )
        }
        return text
    }

    func flag(_ key: AnswerKey, otherwise: Bool = false) throws -> Bool {
        try container.decodeIfPresent(Bool.self, forKey: key) ?? otherwise
    }

    func texts(_ key: AnswerKey) throws -> [String] {
        try container.decodeIfPresent([String].self, forKey: key) ?? []
    }

    func object(_ key: AnswerKey) throws -> JSONObject {
        try container.decodeIfPresent(JSONObject.self, forKey: key) ?? JSONObject()
    }

    /// nil for an absent or empty text.
    func date(_ key: AnswerKey) throws -> Date? {
        try Timestamp(text(key))?.date
    }
}
