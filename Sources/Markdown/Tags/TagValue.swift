/// What an attribute, a variable or a function's result is.
package enum TagValue: Sendable, Equatable {
    /// Also what is not there: a variable without a value, a key that a table does not have.
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([TagValue])
    case table([String: TagValue])
}

extension TagValue {
    /// All but `null` and `false`: 0 and the empty text count as true, as in Markdoc.
    package var isTrue: Bool { self != .null && self != .flag(false) }

    /// As a page shows it; whole numbers go without a fraction, lists with commas.
    package var shown: String {
        switch self {
        case .null: ""
        case .flag(let flag): String(flag)
        case .number(let number): Self.shown(number)
        case .text(let text): text
        case .list(let values): values.map(\.shown).joined(separator: ", ")
        case .table(let values):
            values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.shown)" }.joined(separator: ", ")
        }
    }

    /// What messages call it.
    package var kindName: String {
        switch self {
        case .null: "null"
        case .flag(let flag): String(flag)
        case .number(let number): "the number \(Self.shown(number))"
        case .text(let text): "the text '\(text.count > 40 ? text.prefix(40) + "…" : text)'"
        case .list: "a list"
        case .table: "a table"
        }
    }

    private static func shown(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }
}
