import FoundationEssentials
import Minification

extension Minifier {
    /// Asks the `minify` that is first in PATH.
    ///
    /// Only an absolute folder counts: else whoever can write where a build is started could put a program there.
    static var installed: Minifier {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let programs = folders.filter { $0.hasPrefix("/") }.map { "\($0)/minify" }
        return Minifier(program: programs.first(where: FileManager.default.isExecutableFile))
    }
}
