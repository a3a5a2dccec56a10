/// An object of JSON that is kept as it came: what the account's owner or another program stored at Appwrite.
package struct JSONObject: Codable, Sendable, Equatable {
    package var members: [String: JSONItem]

    package init(_ members: [String: JSONItem] = [:]) {
        self.members = members
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // PHP writes an empty object as an empty list where nobody takes care.
        if let list = try? container.decode([JSONItem].self), list.isEmpty {
            members = [:]
        } else {
            members = try container.decode([String: JSONItem].self)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(members)
    }
}

/// A value in such an object.
package enum JSONItem: Codable, Sendable, Equatable {
    case null
    case flag(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([JSONItem])
    case object([String: JSONItem])

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let integer = try? container.decode(Int.self) {
            self = .integer(integer)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONItem].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONItem].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .integer(let integer): try container.encode(integer)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let members): try container.encode(members)
        }
    }

    package var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}
