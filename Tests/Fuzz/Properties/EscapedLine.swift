/// Any bytes on one line of a text file: `\xNN` for what is not printable ASCII, `\\` for a backslash.
///
/// Lines that people write may have `\r`, `\n` and `\t`, too.
package enum EscapedLine {
    /// Returns nil where an escape is cut or unknown.
    package static func bytes(of line: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = line.utf8.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.next() {
            case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
            case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
            case UInt8(ascii: "x"):
                guard let high = rest.next(), let low = rest.next(),
                    let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
                else { return nil }
                bytes.append(value)
            default: return nil
            }
        }
        return bytes
    }
}
