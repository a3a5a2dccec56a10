/// The queries of a list: JSON texts such as `{"method":"equal","attribute":"userId","values":["a"]}`.
///
/// Of Appwrite's methods this service knows `equal`, `limit` and `offset`, and refuses the others.
struct ListQuery {
    private var filters: [(attribute: String, values: [JSONValue])] = []
    private var limit = 25
    private var offset = 0

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
            default: throw .queryInvalid.saying("The local identity service knows equal, limit and offset.")
            }
        }
    }

    /// The answer: all that match are counted, one page of them is given.
    func answer(_ items: [JSONValue], named name: String) -> Answer {
        let found = items.filter { item in
            filters.allSatisfy { filter in
                item[filter.attribute].map { Self.matches($0, filter.values) } ?? false
            }
        }
        let page = found.dropFirst(offset).prefix(limit)
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
