import FoundationEssentials
import Highlight

extension Highlighter {
    /// Asks `gatehouse-highlight`, which lies in the folder of this program; where that is not there, code has no colours, and
    /// the build says so.
    static var beside: Highlighter {
        // Without /proc there is no telling where this program lies, and none is found.
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let folder = program.lastIndex(of: "/").map { program[..<$0] } ?? ""
        return Highlighter(program: "\(folder)/gatehouse-highlight")
    }
}
