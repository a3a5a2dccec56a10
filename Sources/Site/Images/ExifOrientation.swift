/// How a camera was held, as Exif says it (CIPA DC-008, tag 274).
enum ExifOrientation {
    /// 1 to 8, from the first directory of a TIFF structure that begins there; nil where it says nothing of it.
    static func read(_ bytes: HeaderBytes, at start: Int) -> Int? {
        let isLittle = bytes.begins("II", at: start)
        guard isLittle || bytes.begins("MM", at: start) else { return nil }
        func number(_ offset: Int, _ count: Int) -> Int? {
            isLittle ? bytes.little(start + offset, bytes: count) : bytes.big(start + offset, bytes: count)
        }
        guard let directory = number(4, 4), let entries = number(directory, 2) else { return nil }
        for entry in 0..<min(entries, 200) {
            let offset = directory + 2 + entry * 12
            guard let tag = number(offset, 2) else { return nil }
            guard tag == 274 else { continue }
            return number(offset + 8, 2).flatMap { (1...8).contains($0) ? $0 : nil }
        }
        return nil
    }
}
