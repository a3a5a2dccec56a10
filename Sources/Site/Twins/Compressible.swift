import Compression
import Gate
import Ground

/// Which files of a release are worth a compressed twin.
///
/// Images, fonts, films and archives are compressed already.
enum Compressible {
    static func includes(_ route: Route) -> Bool {
        sizes.contains(route.length) && isText(route.mediaType)
    }

    /// The theme's files, below `/assets/`, are few and every page needs them; all else is quick.
    static func effort(for route: Route) -> Effort {
        route.path.text.hasPrefix("/assets/") && route.length <= thoroughLimit ? .thorough : .quick
    }
}

extension Compressible {
    /// In bytes.
    ///
    /// What is shorter fits into one packet with its header fields either way; what is longer would take the memory of a build.
    private static let sizes = 1024...(16 << 20)

    /// In bytes; the last tenth of the size costs a second for each megabyte.
    private static let thoroughLimit = 256 << 10

    private static func isText(_ mediaType: String) -> Bool {
        let type = mediaType.prefix { $0 != ";" }
        return type.hasPrefix("text/") || type.hasSuffix("+xml") || type.hasSuffix("+json")
            || others.contains(type)
    }

    private static let others: Set<Substring> = [
        "application/json", "application/xml", "application/wasm", "font/otf", "font/ttf", "image/bmp",
        "image/vnd.microsoft.icon",
    ]
}
