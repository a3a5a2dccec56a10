/// Finds web and e-mail addresses in a text (GFM 0.29 §6.9).
///
/// Costs time in proportion to the text.
struct AddressScan {
    struct Address {
        let range: Range<Int>
        /// What the link's destination has before the text.
        let prefix: String
    }

    private let text: [UInt8]
    private let escapes: Set<Int>
    private let mayBeginAddress: Bool
    /// Where the address found last ends; the next one lies behind.
    private var behind = 0

    /// Addresses do not begin at the bytes in `escapes`.
    init(_ text: [UInt8], escapes: Set<Int>, mayBeginAddress: Bool) {
        self.text = text
        self.escapes = escapes
        self.mayBeginAddress = mayBeginAddress
    }

    func addresses() -> [Address] {
        var scan = self
        var found: [Address] = []
        var position = 0
        while position < text.count {
            if let address = scan.address(at: position) {
                found.append(address)
                scan.behind = address.range.upperBound
                position = scan.behind
            } else {
                position += 1
            }
        }
        return found
    }
}

extension AddressScan {
    private func address(at position: Int) -> Address? {
        guard position >= behind else { return nil }
        switch text[position] {
        case UInt8(ascii: ":"): return escapes.contains(position) ? nil : webAddress(colon: position)
        case UInt8(ascii: "w"): return host(at: position)
        case UInt8(ascii: "@"): return escapes.contains(position) ? nil : mailAddress(at: position)
        default: return nil
        }
    }

    private func webAddress(colon: Int) -> Address? {
        guard text[colon...].starts(with: "://".utf8) else { return nil }
        var start = colon
        while start > behind, colon - start < 6, isLetter(text[start - 1]) { start -= 1 }
        let scheme = text[start..<colon].lazy.map { $0 | 0x20 }
        guard ["http", "https", "ftp"].contains(where: { scheme.elementsEqual($0.utf8) }) else { return nil }
        guard let end = endOfDomain(colon + 3, needsDot: false) else { return nil }
        return Address(range: start..<endOfPath(end, from: start), prefix: "")
    }

    private func host(at position: Int) -> Address? {
        guard text[position...].starts(with: "www.".utf8) else { return nil }
        if position == 0 {
            guard mayBeginAddress else { return nil }
        } else {
            let before = text[position - 1]
            guard before <= 0x20 || "*_~(".utf8.contains(before) else { return nil }
        }
        guard isHostCharacter(position + 4), let end = endOfDomain(position, needsDot: true) else {
            return nil
        }
        return Address(range: position..<endOfPath(end, from: position), prefix: "http://")
    }

    private func mailAddress(at position: Int) -> Address? {
        var start = position
        while start > behind, isMailCharacter(text[start - 1]) { start -= 1 }
        guard start < position, start == 0 || text[start - 1] != UInt8(ascii: "/") else { return nil }
        var end = position + 1
        var dots = 0
        while end < text.count {
            if text[end] == UInt8(ascii: "."), end + 1 < text.count, isAlphanumeric(text[end + 1]) {
                dots += 1
            } else if !isAlphanumeric(text[end]), text[end] != UInt8(ascii: "-"),
                text[end] != UInt8(ascii: "_")
            {
                break
            }
            end += 1
        }
        guard dots > 0, isAlphanumeric(text[end - 1]), end == text.count || text[end] != UInt8(ascii: "@")
        else {
            return nil
        }
        return Address(range: start..<end, prefix: "mailto:")
    }

    /// Where a domain ends, or nil where it is none: no underscore may stand in its last two parts.
    private func endOfDomain(_ start: Int, needsDot: Bool) -> Int? {
        guard isHostCharacter(start) else { return nil }
        var position = start
        var dots = 0
        var underscores = (last: 0, before: 0)
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "_"): underscores.last += 1
            case UInt8(ascii: "."):
                underscores = (0, underscores.last)
                dots += 1
            case UInt8(ascii: "-"): break
            default:
                guard isHostCharacter(position) else {
                    return underscores == (0, 0) && (dots > 0 || !needsDot) ? position : nil
                }
            }
            position += 1
        }
        return underscores == (0, 0) && (dots > 0 || !needsDot) ? position : nil
    }

    /// Where an address ends whose domain ends at a byte: at white space or `<`, less punctuation at its end, less
    /// closing brackets that it has not opened, less what looks like an entity.
    private func endOfPath(_ domainEnd: Int, from start: Int) -> Int {
        var end = domainEnd
        while end < text.count, text[end] > 0x20, text[end] != UInt8(ascii: "<") { end += 1 }
        var open = text[start..<end].count { $0 == UInt8(ascii: "(") }
        open -= text[start..<end].count { $0 == UInt8(ascii: ")") }
        while end > start {
            switch text[end - 1] {
            case UInt8(ascii: ";"): end = startOfEntity(endingAt: end, after: start) ?? end - 1
            case UInt8(ascii: ")"):
                guard open < 0 else { return end }
                open += 1
                end -= 1
            case let byte where "?!.,:*_~'\"".utf8.contains(byte): end -= 1
            default: return end
            }
        }
        return end
    }

    private func startOfEntity(endingAt end: Int, after start: Int) -> Int? {
        var position = end - 1
        while position > start, isAlphanumeric(text[position - 1]) { position -= 1 }
        guard position > start, position < end - 1, text[position - 1] == UInt8(ascii: "&") else {
            return nil
        }
        return position - 1
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }

    private func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLetter(byte) || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }

    private func isMailCharacter(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || ".+-_".utf8.contains(byte)
    }

    /// Whether a character that may stand in a domain begins at a byte: all but white space and punctuation.
    private func isHostCharacter(_ position: Int) -> Bool {
        guard position < text.count else { return false }
        if text[position] < 0x80 { return isAlphanumeric(text[position]) }
        if text[position] & 0xc0 == 0x80 { return true }
        var decoder = UTF8()
        var bytes = text[position...].makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&bytes) else { return false }
        return !scalar.properties.isWhitespace && !Neighbour.isPunctuation(scalar)
    }
}
