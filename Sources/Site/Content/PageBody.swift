import Ground
import Synchronization

/// The text of a page, without its front matter.
///
/// All pages are read before the first is rendered, so texts are most of what a build holds. Where they can be let go, the
/// pages made of them take their place. All copies of a source share one.
final class PageBody: Sendable {
    /// Whether a tag may stand in it: only such a text is read again when it has been rendered, by the search for leaks.
    let mayHoldTags: Bool
    private let held: Mutex<String?>

    init(_ text: String) {
        mayHoldTags = text.utf8.holds("{%".utf8)
        held = Mutex(text)
    }

    /// To ask for one that was let go is this program's mistake, and ends it: in an empty text nothing would be found.
    var text: String {
        held.withLock { text in
            guard let text else { preconditionFailure("a text is read that was let go") }
            return text
        }
    }

    /// Frees the memory of a text without tags; it must have been rendered, and must not be again.
    func letGo() {
        guard !mayHoldTags else { return }
        held.withLock { $0 = nil }
    }
}
