/// The queries of a list: JSON texts such as `{"method":"equal","attribute":"userId","values":["a"]}`.
///
/// Of Appwrite's methods this service knows `equal`, `limit` and `offset`, and refuses the others.
struct ListQuery {
    private var filters: [(attribute: String, values: [JSONValue])] = []
    private var limit = 25
    private var offset = 0
    /// The id of the item after which the page begins.
    private var cursor: String?

    init(_ texts: [String], attributes: Set<String>) throws(Refusal) {
        for text in texts {
            guard let query = JSONValue(parsing: text.utf8), let method = query["method"]?.text,
                let values = query["values"]?.list
            else {
                throw .queryInvalid
            }
            switch (method, query["attribute"]?.text, values.first) {
            case ("equal", let attribute?, _?) where attributes.contains(attribute):
                filters.append((attribute, values))
            case ("limit", _, .number(let number)?) where (1...5000).contains(number): limit = Int(number)
            case ("offset", _, .number(let number)?) where (0...5000).contains(number): offset = Int(number)
            case ("cursorAfter", _, .text(let id)?): cursor = id
            default:
                throw .queryInvalid.saying(
                    "The local identity service knows equal, limit, offset and cursorAfter."
                )
            }
        }
    }

    /// The answer: all that match are counted, one page of them is given.
    ///
    /// A cursor that names none of the items is refused, as Appwrite does.
    func answer(_ items: [JSONValue], named name: String) throws(Refusal) -> Answer {
        let found = items.filter { item in
            filters.allSatisfy { filter in
                item[filter.attribute].map { Self.matches($0, filter.values) } ?? false
            }
        }
        var start = 0
        if let cursor {
            guard let place = found.firstIndex(where: { $0["$id"]?.text == cursor }) else {
                throw .cursorNotFound
            }
            start = place + 1
        }
        let page = found.dropFirst(start + offset).prefix(limit)
        return .json(
            .object([
                .init(key: "total", value: JSONValue(found.count)),
                .init(key: name, value: .list(Array(page))),
            ])
        )
    }

    private static func matches(_ value: JSONValue, _ wanted: [JSONValue]) -> Bool {
        wanted.contains(value) || value.list?.contains { wanted.contains($0) } == true
    }
}
