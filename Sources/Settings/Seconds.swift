/// A duration as `30s`, `15m` or `1h`.
struct Seconds {
    let count: Int

    init?(_ text: some StringProtocol) {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
        guard let unit = text.last.flatMap({ units[$0] }), (2...7).contains(text.utf8.count),
            text.utf8.dropLast().allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text.dropLast())
        else { return nil }
        count = number * unit
    }
}
