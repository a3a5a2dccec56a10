/// GIF: the size of the canvas stands behind the signature (GIF89a specification, §18).
enum GIFHeader {
    static func read(_ bytes: HeaderBytes) -> ImageHeader.Reading {
        ImageHeader.reading(bytes.little(6, bytes: 2), bytes.little(8, bytes: 2))
    }
}
