extension String {
    /// The text for a terminal or a log, on one line: control and format characters are spelled out, as in `\\u{1b}`.
    ///
    /// Those would clear a screen, begin a line that nobody wrote, or turn the direction of what follows.
    package var visible: String {
        guard unicodeScalars.contains(where: Self.isHidden) else { return self }
        var result = ""
        for scalar in unicodeScalars {
            if Self.isHidden(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return scalar.value < 0x20 || scalar.value == 0x7f }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }
}
