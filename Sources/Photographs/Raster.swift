/// Pixels in rows, each of three bytes: red, green, blue.
struct Raster {
    let width: Int
    let height: Int
    let pixels: [UInt8]

    /// The same picture, upright.
    func turned(_ orientation: Orientation) -> Raster {
        guard orientation != .upright else { return self }
        let (wide, high) = orientation.swapsSides ? (height, width) : (width, height)
        var turned = [UInt8](repeating: 0, count: pixels.count)
        for row in 0..<high {
            for column in 0..<wide {
                let (fromColumn, fromRow) = orientation.source(column, row, width, height)
                let (target, source) = ((row * wide + column) * 3, (fromRow * width + fromColumn) * 3)
                for colour in 0..<3 { turned[target + colour] = pixels[source + colour] }
            }
        }
        return Raster(width: wide, height: high, pixels: turned)
    }
}

/// How the camera was held (CIPA DC-008, tag 274).
enum Orientation: Int {
    case upright = 1
    case mirrored, upsideDown, flipped, transposed, turnedLeft, transversed, turnedRight

    init(_ number: Int) { self = Orientation(rawValue: number) ?? .upright }

    var swapsSides: Bool { rawValue >= 5 }

    /// Which pixel of the stored picture, of this width and height, stands at a place of the upright one.
    func source(_ column: Int, _ row: Int, _ width: Int, _ height: Int) -> (column: Int, row: Int) {
        switch self {
        case .upright: (column, row)
        case .mirrored: (width - 1 - column, row)
        case .upsideDown: (width - 1 - column, height - 1 - row)
        case .flipped: (column, height - 1 - row)
        case .transposed: (row, column)
        case .turnedLeft: (row, height - 1 - column)
        case .transversed: (width - 1 - row, height - 1 - column)
        case .turnedRight: (width - 1 - row, column)
        }
    }
}
