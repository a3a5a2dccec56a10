/// What the service takes ids, salts and secrets from.
package struct IdentityRandom: Sendable {
    /// Gives as many bytes as asked for.
    package let bytes: @Sendable (Int) -> [UInt8]

    package init(bytes: @escaping @Sendable (Int) -> [UInt8]) {
        self.bytes = bytes
    }

    /// The operating system's generator.
    package static let system = IdentityRandom { count in
        (0..<count).map { _ in UInt8.random(in: .min ... .max) }
    }
}

extension IdentityRandom {
    /// A text of `length` digits of base 16, lower case.
    func hex(_ length: Int) -> String {
        String(Hex.text(bytes((length + 1) / 2)).prefix(length))
    }

    /// A text of `length` decimal digits.
    func digits(_ length: Int) -> String {
        bytes(length).map { String($0 % 10) }.joined()
    }

    /// An id as Appwrite makes them: the time in microseconds as 13 hexadecimal digits, then 7 random ones.
    func uniqueID(at now: Moment) -> String {
        let time = String(now.seconds, radix: 16) + hex(5)
        return String((time + hex(20)).prefix(20))
    }
}

/// Bytes as lower-case hexadecimal digits.
enum Hex {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes { text += [digit(byte >> 4), digit(byte & 15)] }
        return String(decoding: text, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
