import FoundationEssentials
import Theme

extension TemplateValue {
    /// The value as plain JSON; the same value gives the same bytes.
    func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(PlainValue(value: self)))
    }
}

private struct PlainValue: Encodable {
    let value: TemplateValue

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .text(let text), .html(let text): try container.encode(text)
        case .markup(let bytes): try container.encode(String(decoding: bytes, as: UTF8.self))
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .list(let values): try container.encode(values.map(PlainValue.init))
        case .table(let values): try container.encode(values.mapValues(PlainValue.init))
        }
    }
}
