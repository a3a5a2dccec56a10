import FuzzProperties
import Glibc

/// libFuzzer's own loop (LLVM, "Using libFuzzer as a library"): this program has a `main`, as every Swift program does.
@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// Tells standard error.
func tell(_ text: String) {
    let bytes = Array((text + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}

/// The parser that `GATEHOUSE_FUZZ` names.
let parser: StrangersText = {
    let name = getenv("GATEHOUSE_FUZZ").map { String(cString: $0) } ?? ""
    guard let parser = StrangersText(rawValue: name) else {
        tell(
            "GATEHOUSE_FUZZ must be one of \(StrangersText.allCases.map(\.rawValue).joined(separator: ", "))"
        )
        exit(2)
    }
    return parser
}()

/// What libFuzzer calls for each input that it makes up.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    if let flaw = parser.flaw(of: Array(UnsafeBufferPointer(start: start, count: count))) {
        tell("\(parser.rawValue): \(flaw)")
        abort()
    }
    return 0
}

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(runDriver(&count, &arguments, testOneInput))
