import FoundationEssentials

/// Any JSON value: what a caller sends as preferences has no shape that we could know.
///
/// Objects keep their order, so that an answer reads like Appwrite's.
enum JSONValue: Hashable, Sendable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([Member])

    struct Member: Hashable, Sendable {
        let key: String
        let value: JSONValue
    }

    /// Reads a JSON text, or returns nil where it is not one.
    init?(parsing bytes: some Sequence<UInt8>) {
        // The reason does not matter: Appwrite, too, takes a broken body for an empty one.
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else { return nil }
        self = value
    }

    var text: String? {
        if case .text(let text) = self { return text }
        return nil
    }

    var flag: Bool? {
        if case .flag(let flag) = self { return flag }
        return nil
    }

    var list: [JSONValue]? {
        if case .list(let list) = self { return list }
        return nil
    }

    var members: [Member]? {
        if case .object(let members) = self { return members }
        return nil
    }

    subscript(key: String) -> JSONValue? { members?.first { $0.key == key }?.value }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    init(stringLiteral text: String) { self = .text(text) }
    init(booleanLiteral flag: Bool) { self = .flag(flag) }
    init(integerLiteral number: Int) { self = .number(Double(number)) }
    init(nilLiteral: ()) { self = .null }
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member(key: $0.0, value: $0.1) })
    }

    init(texts: [String]) { self = .list(texts.map(JSONValue.text)) }
    init(_ number: Int) { self = .number(Double(number)) }
}

extension JSONValue: Decodable {
    private struct AnyKey: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: AnyKey.self) {
            self = .object(
                try container.allKeys.sorted { $0.stringValue < $1.stringValue }
                    .map {
                        Member(key: $0.stringValue, value: try container.decode(JSONValue.self, forKey: $0))
                    }
            )
            return
        }
        if var container = try? decoder.unkeyedContainer() {
            var list: [JSONValue] = []
            while !container.isAtEnd { list.append(try container.decode(JSONValue.self)) }
            self = .list(list)
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }
}
