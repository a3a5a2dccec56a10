/// ICC profiles, as far as smaller images are concerned.
enum ColorProfile {
    /// Whether it is one of sRGB, by the name that it says in ASCII or in UTF-16.
    static func isStandard(_ profile: ArraySlice<UInt8>) -> Bool {
        let name = Array("sRGB".utf8)
        let wide: [UInt8] = name.flatMap { [0, $0] as [UInt8] }
        return profile.indices.contains {
            profile[$0...].starts(with: name) || profile[$0...].starts(with: wide)
        }
    }
}
