import FoundationEssentials

/// A point in time as Appwrite writes it.
///
/// Almost always `2026-07-22T10:00:00.000+00:00`; the answer to PATCH session (1.9.6) has `2026-07-22 10:00:00.000`.
/// Both are UTC. Written by hand because Foundation's formats take one of the two, and cost far more.
struct Timestamp: Decodable {
    let date: Date

    init?(_ text: String) {
        var reader = Reader(rest: text.utf8[...])
        guard let year = reader.number(digits: 4), reader.skip("-"),
            let month = reader.number(digits: 2), 1...12 ~= month, reader.skip("-"),
            let day = reader.number(digits: 2), 1...31 ~= day, reader.skip("T") || reader.skip(" "),
            let hour = reader.number(digits: 2), 0...23 ~= hour, reader.skip(":"),
            let minute = reader.number(digits: 2), 0...59 ~= minute, reader.skip(":"),
            let second = reader.number(digits: 2), 0...60 ~= second
        else { return nil }
        let fraction = reader.fraction()
        guard let offset = reader.offset(), reader.rest.isEmpty else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second - offset
        date = Date(timeIntervalSince1970: Double(seconds) + fraction)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let stamp = Timestamp(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a point in time")
        }
        self = stamp
    }

    /// Days since 1970-01-01 in the Gregorian calendar; the year is counted from March, so that leap days come last.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private struct Reader {
        var rest: Substring.UTF8View

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        mutating func digit() -> Int? {
            guard let byte = rest.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            rest.removeFirst()
            return Int(byte - UInt8(ascii: "0"))
        }

        mutating func number(digits: Int) -> Int? {
            var value = 0
            for _ in 0..<digits {
                guard let digit = digit() else { return nil }
                value = value * 10 + digit
            }
            return value
        }

        /// `.123` as 0.123; nothing as 0.
        mutating func fraction() -> Double {
            guard skip(".") else { return 0 }
            var (value, scale) = (0.0, 1.0)
            while let digit = digit() {
                scale /= 10
                value += Double(digit) * scale
            }
            return value
        }

        /// `Z`, `+02:00` or nothing, in seconds east of UTC.
        mutating func offset() -> Int? {
            if rest.isEmpty || skip("Z") { return 0 }
            let sign = skip("-") ? -1 : 1
            guard sign == -1 || skip("+"), let hours = number(digits: 2), skip(":"),
                let minutes = number(digits: 2)
            else { return nil }
            return sign * (hours * 3600 + minutes * 60)
        }
    }
}
