import Photographs

/// What is known of a file of which smaller images can be made.
enum Picture: Equatable, CustomStringConvertible {
    case photograph(PhotographHeader)
    case drawing(DrawingHeader)

    /// The media types of files that may hold one.
    static let mediaTypes: Set<String> = ["image/jpeg", "image/png"]

    /// Nil for what is neither, and for what would not come through as it is.
    init?(_ bytes: [UInt8]) {
        if let header = PhotographHeader(bytes) {
            self = .photograph(header)
        } else if let header = DrawingHeader(bytes) {
            self = .drawing(header)
        } else {
            return nil
        }
    }

    /// Upright, in pixels.
    var width: Int {
        switch self {
        case .photograph(let header): header.shownWidth
        case .drawing(let header): header.width
        }
    }

    /// Upright, in pixels.
    var height: Int {
        switch self {
        case .photograph(let header): header.shownHeight
        case .drawing(let header): header.height
        }
    }

    var description: String {
        switch self {
        case .photograph: "photograph"
        case .drawing: "drawing"
        }
    }

    /// What an image's bytes depend on, apart from the file's.
    func recipe(_ eighths: Int) -> String {
        switch self {
        case .photograph(let header): "\(Photograph.recipe)-\(eighths)-\(header.orientation)"
        case .drawing: "\(Drawing.recipe)-\(eighths)"
        }
    }

    /// An image of the file that has these bytes.
    func webp(_ bytes: [UInt8], eighths: Int) throws(PhotographFailure) -> [UInt8] {
        switch self {
        case .photograph(let header):
            return try Photograph(bytes, orientation: header.orientation).webp(eighths: eighths)
        case .drawing:
            guard let file = PNGFile(bytes) else { throw .library("it is no PNG file") }
            return try Drawing(file).webp(eighths: eighths)
        }
    }
}
