/// What expressions are worth, with the variables of one page.
struct TagEvaluator {
    /// The author named a variable that nobody knows.
    struct Unknown: Error {
        let variable: TagVariable
    }

    let variables: [String: TagValue]
    /// Those that are tables with all the keys there can be.
    var closed: Set<String> = []

    /// The value; a variable that nobody knows is null, as conditions and defaults want it.
    func value(of expression: TagExpression) -> TagValue {
        switch expression {
        case .value(let value): value
        case .list(let items): .list(items.map(value))
        case .table(let entries):
            .table(Dictionary(entries.map { ($0.key, value(of: $0.value)) }) { first, _ in first })
        case .variable(let variable): value(of: variable)
        case .call(let name, let arguments, _):
            TagFunction(rawValue: name)?.result(arguments.map(value)) ?? .null
        }
    }

    /// The variable that an expression is worth and that nobody knows, if it is one; a function may do with null.
    func unknownVariable(in expression: TagExpression) -> TagVariable? {
        switch expression {
        case .variable(let variable): variables[variable.name] == nil ? variable : nil
        case .list(let items): items.lazy.compactMap(unknownVariable).first
        case .table(let entries): entries.lazy.compactMap { unknownVariable(in: $0.value) }.first
        case .value, .call: nil
        }
    }

    /// A key that a closed table does not have, and those that it has; asked of what is worth null as well,
    /// since no such key can come to be.
    func unknownKey(in expression: TagExpression) -> (
        variable: TagVariable, key: String, known: [String]
    )? {
        switch expression {
        case .value: return nil
        case .list(let items): return items.lazy.compactMap(unknownKey).first
        case .table(let entries): return entries.lazy.compactMap { unknownKey(in: $0.value) }.first
        case .call(_, let arguments, _): return arguments.lazy.compactMap(unknownKey).first
        case .variable(let variable):
            guard closed.contains(variable.name), case .table(let entries)? = variables[variable.name],
                case .key(let key)? = variable.path.first, entries[key] == nil
            else { return nil }
            return (variable, key, Array(entries.keys))
        }
    }

    /// A call of a function that there is not, or with the wrong number of arguments.
    func wrongCall(in expression: TagExpression) -> (offset: Int, problem: String, name: String)? {
        switch expression {
        case .value, .variable: return nil
        case .list(let items): return items.lazy.compactMap(wrongCall).first
        case .table(let entries): return entries.lazy.compactMap { wrongCall(in: $0.value) }.first
        case .call(let name, let arguments, let offset):
            guard let function = TagFunction(rawValue: name) else {
                return (offset, "unknown function '\(name)'", name)
            }
            if let problem = function.refusal(of: arguments.count) { return (offset, problem, name) }
            return arguments.lazy.compactMap(wrongCall).first
        }
    }

    private func value(of variable: TagVariable) -> TagValue {
        variable.path.reduce(variables[variable.name] ?? .null) { value, step in
            switch (value, step) {
            case (.table(let entries), .key(let key)): entries[key] ?? .null
            case (.list(let items), .index(let index)): items.indices.contains(index) ? items[index] : .null
            default: .null
            }
        }
    }
}

/// The functions of conditions and values.
enum TagFunction: String, CaseIterable {
    case equals
    case and
    case or
    case not
    case `default`

    func result(_ arguments: [TagValue]) -> TagValue {
        switch self {
        case .equals: .flag(arguments.dropFirst().allSatisfy { $0 == arguments.first })
        case .and: .flag(arguments.allSatisfy(\.isTrue))
        case .or: .flag(arguments.contains(where: \.isTrue))
        case .not: .flag(!(arguments.first?.isTrue ?? false))
        case .default: arguments.first { $0 != .null } ?? .null
        }
    }

    /// Why it cannot be called with so many arguments.
    func refusal(of count: Int) -> String? {
        switch self {
        case .not: count == 1 ? nil : "'not' takes one value"
        case .default: count == 2 ? nil : "'default' takes two values"
        case .equals: count >= 2 ? nil : "'equals' takes two values or more"
        case .and, .or: count >= 1 ? nil : "'\(rawValue)' takes at least one value"
        }
    }
}
