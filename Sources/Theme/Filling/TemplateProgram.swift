/// The templates of a theme in one row of steps, which hold no references.
///
/// All threads of a build go through the same steps for every page. Steps that held arrays and texts would have each of
/// them count who holds what, and wait for the others to do so.
final class TemplateProgram: Sendable {
    struct Step: Sendable {
        enum Kind: UInt8, Sendable {
            /// `start..<end` of the texts.
            case text
            /// `{{x}}`, `{{{x}}}`
            case escaped, plain
            /// `{{#x}}`, `{{^x}}`: the steps up to `end` are in it.
            case section, inverted
            /// `{{> x}}`, with `start..<end` of the texts as its indentation; `name` is the template's number.
            case partial
        }

        let kind: Kind
        var name: Int32 = 0
        var start: Int32 = 0
        var end: Int32 = 0
    }

    /// A `TemplateName`, its parts among the keys.
    struct Name: Sendable {
        enum Subject: UInt8, Sendable {
            case current, own, path, element
        }

        let subject: Subject
        let keys: Range<Int32>
        /// A key, too; -1 for none.
        let transform: Int32
    }

    let steps: [Step]
    let texts: [UInt8]
    let names: [Name]
    let keys: [String]
    /// The steps of each template, by its number.
    let bodies: [Range<Int32>]
    /// The number of each template.
    let numbers: [String: Int]

    /// Each partial must be among the templates.
    init(_ codes: [String: TemplateCode]) {
        var compiler = Compiler(codes)
        compiler.compile(codes)
        steps = compiler.steps
        texts = compiler.texts
        names = compiler.names
        keys = compiler.keys
        bodies = compiler.bodies
        numbers = compiler.numbers
    }
}

/// Lays templates out one after the other.
private struct Compiler {
    let numbers: [String: Int]
    var steps: [TemplateProgram.Step] = []
    var texts: [UInt8] = []
    var names: [TemplateProgram.Name] = []
    var keys: [String] = []
    var bodies: [Range<Int32>] = []
    private var known: [TemplateName: Int32] = [:]

    init(_ codes: [String: TemplateCode]) {
        numbers = Dictionary(
            uniqueKeysWithValues: codes.keys.sorted().enumerated().map { ($0.element, $0.offset) }
        )
    }

    mutating func compile(_ codes: [String: TemplateCode]) {
        for name in codes.keys.sorted() {
            let start = Int32(steps.count)
            if let code = codes[name] { add(code) }
            bodies.append(start..<Int32(steps.count))
        }
    }

    private mutating func add(_ code: TemplateCode) {
        for step in code.steps {
            switch step {
            case .text(let text):
                let range = add(text)
                steps.append(.init(kind: .text, start: range.lowerBound, end: range.upperBound))
            case .value(let name, let isEscaped):
                steps.append(.init(kind: isEscaped ? .escaped : .plain, name: number(of: name)))
            case .section(let name, let code): add(code, .section, name)
            case .inverted(let name, let code): add(code, .inverted, name)
            case .partial(let name, let indentation):
                guard let number = numbers[name] else { preconditionFailure("a partial is missing: \(name)") }
                let range = add(indentation)
                steps.append(
                    .init(
                        kind: .partial,
                        name: Int32(number),
                        start: range.lowerBound,
                        end: range.upperBound
                    )
                )
            }
        }
    }

    private mutating func add(_ code: TemplateCode, _ kind: TemplateProgram.Step.Kind, _ name: TemplateName) {
        let position = steps.count
        steps.append(.init(kind: kind, name: number(of: name)))
        add(code)
        steps[position].end = Int32(steps.count)
    }

    private mutating func add(_ text: [UInt8]) -> Range<Int32> {
        let start = Int32(texts.count)
        texts += text
        return start..<Int32(texts.count)
    }

    private mutating func number(of name: TemplateName) -> Int32 {
        if let number = known[name] { return number }
        let (subject, parts): (TemplateProgram.Name.Subject, [String]) =
            switch name.subject {
            case .current: (.current, [])
            case .own(let parts): (.own, parts)
            case .path(let parts): (.path, parts)
            case .element: (.element, [])
            }
        let start = Int32(keys.count)
        keys += parts
        let range = start..<Int32(keys.count)
        var transform: Int32 = -1
        if let text = name.transform {
            transform = Int32(keys.count)
            keys.append(text)
        }
        let number = Int32(names.count)
        names.append(TemplateProgram.Name(subject: subject, keys: range, transform: transform))
        known[name] = number
        return number
    }
}
