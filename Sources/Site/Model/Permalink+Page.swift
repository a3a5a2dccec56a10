import Ground
import Settings

extension Permalink {
    /// The address that the pattern gives a page.
    func path(of source: PageSource) -> Result<PagePath, Diagnostic> {
        let file = Place(file: source.file.shownAs)
        let date = source.frontMatter.date?.day.split(separator: "-").map(String.init)
        var text = ""
        for part in parts {
            switch part {
            case .text(let words): text += words
            case .slug: text += source.nameInAddress
            case .section: text += source.section
            case .year, .month, .day:
                guard let date else {
                    return .failure(
                        Diagnostic(
                            at: file,
                            "the address is made of the date by the permalink at \(place), but the page has none",
                            advice: "add 'date', or say the whole address with 'url'"
                        )
                    )
                }
                text += date[part == .year ? 0 : part == .month ? 1 : 2]
            }
        }
        return PagePath(text).map(Result.success)
            ?? .failure(Diagnostic(at: file, "no address can be made of this file's name"))
    }
}
