/// Plain JSON, for the values that a release keeps for the pages made at run time. Finished HTML has no place there and
/// comes back as text, which templates escape.
extension TemplateValue: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([TemplateValue].self) {
            self = .list(list)
        } else {
            self = .table(try container.decode([String: TemplateValue].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text), .html(let text): try container.encode(text)
        case .markup(let bytes): try container.encode(String(decoding: bytes, as: UTF8.self))
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .list(let list): try container.encode(list)
        case .table(let table): try container.encode(table)
        }
    }
}
