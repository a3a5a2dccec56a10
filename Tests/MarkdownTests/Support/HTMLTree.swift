/// HTML as a tree that can be compared by meaning: blanks between blocks and the order of attributes do not count.
indirect enum HTMLTree: Equatable, CustomStringConvertible {
    case text(String)
    case element(String, [String: String], [HTMLTree])

    var description: String {
        switch self {
        case .text(let text): return "‹\(text)›"
        case .element(let name, let attributes, let children):
            let list = attributes.sorted { $0.key < $1.key }.map { " \($0.key)='\($0.value)'" }.joined()
            return "<\(name)\(list)>\(children.map(\.description).joined())</\(name)>"
        }
    }
}

extension HTMLTree {
    /// Reads what our renderer writes; not fit for any other HTML.
    static func parse(_ html: String) -> [HTMLTree] {
        var rest = html[...]
        return siblings(&rest)
    }

    private static func siblings(_ rest: inout Substring) -> [HTMLTree] {
        var found: [HTMLTree] = []
        while !rest.isEmpty, !rest.hasPrefix("</") {
            if rest.hasPrefix("<") {
                found.append(element(&rest))
            } else {
                let text = rest.prefix { $0 != "<" }
                rest = rest[text.endIndex...]
                found.append(.text(decoded(text)))
            }
        }
        return found
    }

    private static func element(_ rest: inout Substring) -> HTMLTree {
        let end = rest.firstIndex(of: ">") ?? rest.endIndex
        var tag = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[end...].dropFirst()
        let isClosed = tag.hasSuffix("/")
        if isClosed { tag = tag.dropLast() }
        let name = tag.prefix { $0 != " " }
        var attributes: [String: String] = [:]
        var list = tag[name.endIndex...].drop { $0 == " " }
        while let equals = list.firstIndex(of: "=") {
            let value = list[equals...].dropFirst(2).prefix { $0 != "\"" }
            attributes[String(list[..<equals])] = decoded(value)
            list = list[value.endIndex...].dropFirst().drop { $0 == " " }
        }
        guard !isClosed, !["br", "hr", "img"].contains(name) else {
            return .element(String(name), attributes, [])
        }
        let children = siblings(&rest)
        rest = rest.drop { $0 != ">" }.dropFirst()
        return .element(String(name), attributes, children)
    }

    private static func decoded(_ text: Substring) -> String {
        String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&amp;", with: "&")
    }
}

extension [HTMLTree] {
    /// Texts that touch are one; blanks collapse but in code; nothing empty is left.
    func normalized(inCode: Bool = false) -> [HTMLTree] {
        var result: [HTMLTree] = []
        for node in self {
            switch node {
            case .text(let text):
                if case .text(let before)? = result.last {
                    result[result.count - 1] = .text(before + text)
                } else {
                    result.append(node)
                }
            case .element(let name, let attributes, let children):
                result.append(Self.normalized(name, attributes, children, inCode: inCode))
            }
        }
        guard !inCode else { return result }
        let texts = result.enumerated().map { position, node -> HTMLTree in
            guard case .text(let text) = node else { return node }
            var words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if text.first?.isWhitespace == true, position > 0, result[position - 1].isInline {
                words = " " + words
            }
            if text.last?.isWhitespace == true, position < result.count - 1, result[position + 1].isInline,
                words != " "
            {
                words += " "
            }
            return .text(words)
        }
        return texts.filter { $0 != .text("") && $0 != .element("thead", [:], []) }
    }

    private static func normalized(
        _ name: String,
        _ attributes: [String: String],
        _ children: [HTMLTree],
        inCode: Bool
    ) -> HTMLTree {
        // Ours is `<pre><code class="language-x">`.
        if name == "pre", case .element("code", let inner, let code)? = children.first {
            var attributes = attributes
            if let language = inner["class"] { attributes["data-language"] = String(language.dropFirst(9)) }
            return .element("pre", attributes, code.normalized(inCode: true))
        }
        let isCode = inCode || name == "pre" || name == "code"
        return .element(name == "s" ? "del" : name, attributes, children.normalized(inCode: isCode))
    }
}

extension HTMLTree {
    fileprivate var isInline: Bool {
        guard case .element(let name, _, _) = self else { return true }
        return ["strong", "em", "code", "a", "img", "span", "del"].contains(name)
    }
}
