import Gate
import Ground
import Markdown

/// A text below `content/_partials`, and who may see it.
struct PartialFile: Sendable {
    let text: PartialText
    /// Where rules see it.
    let path: PagePath
    let access: Access
}

/// Reads the partials, and notes what is wrong with any of them.
///
/// A partial is no page, but the rules of `site.config` speak of it as of a page at `/_partials/name/`, so that what lies
/// under a private rule cannot come into a public page.
struct PartialFiles: Sendable {
    private(set) var files: [PartialFile] = []
    private(set) var problems: [Diagnostic] = []

    init(reading found: [ContentFile], policy: VisibilityPolicy) {
        for file in found {
            do throws(Diagnostics) {
                files.append(try Self.partial(file, policy))
            } catch {
                problems += error.all
            }
        }
    }

    private static func partial(
        _ file: ContentFile,
        _ policy: VisibilityPolicy
    ) throws(Diagnostics) -> PartialFile {
        let source = try PageSource(reading: file)
        let place = Place(file: file.shownAs)
        guard source.bodyLine == 1 else {
            let advice = "what it says of titles and visibility would mean nothing; remove it"
            throw Diagnostics([
                Diagnostic(
                    at: Place(file: file.shownAs, line: 1),
                    "a partial has no front matter",
                    advice: advice
                )
            ])
        }
        guard let path = source.filedPath else {
            throw Diagnostics([Diagnostic(at: place, "no address can be made of this file's name")])
        }
        do throws(Diagnostic) {
            let claim = VisibilityClaim(visibility: nil, place: place)
            let name = String(file.path.dropFirst(ContentFile.partialsFolder.count))
            return PartialFile(
                text: PartialText(name: name, file: file.shownAs, text: source.body.text),
                path: path,
                access: try policy.access(to: path, claim: claim)
            )
        } catch {
            throw Diagnostics([error])
        }
    }
}
