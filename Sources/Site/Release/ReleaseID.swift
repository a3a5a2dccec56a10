import Glibc

/// The name of a release: when it was made, in UTC, and the beginning of its digest: `20261123T101500Z-3f9a2c`.
///
/// Names in the order of their letters are releases in the order of their times.
struct ReleaseID: Hashable, Comparable, Sendable {
    let text: String

    init(now: Int, digest: FileDigest) {
        var seconds = time_t(now)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func padded(_ number: Int32, _ digits: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        let day = padded(parts.tm_year + 1900, 4) + padded(parts.tm_mon + 1, 2) + padded(parts.tm_mday, 2)
        let time = padded(parts.tm_hour, 2) + padded(parts.tm_min, 2) + padded(parts.tm_sec, 2)
        text = "\(day)T\(time)Z-\(digest.hex.prefix(6))"
    }

    /// Takes a folder's name, or returns nil where no build gives such a name.
    init?(_ name: String) {
        let pattern = Array("00000000T000000Z-xxxxxx".utf8)
        let bytes = Array(name.utf8)
        guard bytes.count == pattern.count else { return nil }
        for (byte, expected) in zip(bytes, pattern) {
            let isDigit = (0x30...0x39).contains(byte)
            let fits =
                switch expected {
                case UInt8(ascii: "0"): isDigit
                case UInt8(ascii: "x"): isDigit || (0x61...0x66).contains(byte)
                default: byte == expected
                }
            guard fits else { return nil }
        }
        text = name
    }

    /// When it was made, in seconds since 1970 in UTC.
    var seconds: Int {
        let digits = text.utf8.filter { (0x30...0x39).contains($0) }.prefix(14).map { Int32($0 - 0x30) }
        func part(_ range: Range<Int>) -> Int32 { digits[range].reduce(0) { $0 * 10 + $1 } }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (part(0..<4) - 1900, part(4..<6) - 1, part(6..<8))
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (part(8..<10), part(10..<12), part(12..<14))
        return timegm(&parts)
    }

    /// When it was made, as people read it: `2026-11-23 10:15:00`, in UTC.
    var time: String {
        let digits = Array(text.filter(\.isNumber).prefix(14)).map(String.init)
        func part(_ range: Range<Int>) -> String { digits[range].joined() }
        return
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8)) \(part(8..<10)):\(part(10..<12)):\(part(12..<14))"
    }

    static func < (left: ReleaseID, right: ReleaseID) -> Bool { left.text < right.text }
}
