import CQREncode

/// A QR code: squares, dark or light, that a camera reads as a text (ISO/IEC 18004).
package struct QRCode: Sendable, Equatable {
    /// How many squares a side has, from 21 to 177.
    package let width: Int
    /// True for dark, row by row.
    private let squares: [Bool]

    /// The bytes of the text, with error correction M: 15 % of the code may be out of sight.
    ///
    /// Nil where it is empty, or has more than 2331 bytes, which no code holds.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty,
            let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M)
        else { return nil }
        defer { QRcode_free(code) }
        width = Int(code.pointee.width)
        // The lowest bit is the colour; the others say what the square is for.
        squares = UnsafeBufferPointer(start: code.pointee.data, count: width * width).map { $0 & 1 == 1 }
    }

    /// Outside of the code everything is light.
    package func isDark(column: Int, row: Int) -> Bool {
        let inside = 0..<width
        return inside.contains(column) && inside.contains(row) && squares[row * width + column]
    }
}

extension QRCode {
    /// In squares: the light edge without which it is not read (ISO/IEC 18004, quiet zone).
    private static let edge = 4

    /// How many squares a side has with its light edge: the side of a `viewBox`.
    package var side: Int { width + 2 * Self.edge }

    /// The dark squares as an SVG path (SVG 2 §9.3): a rectangle for each run of them in a row.
    package var path: String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                let run = (column..<width).prefix { isDark(column: $0, row: row) }.count
                if run > 0 { path += "M\(column + Self.edge) \(row + Self.edge)h\(run)v1h-\(run)z" }
                column += run + 1
            }
        }
        return path
    }
}
