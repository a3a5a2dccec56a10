import Gate
import Ground
import Settings
import Theme

/// What a section's `_index.md` says for all that lies below its folder.
///
/// A page's own words come before those of the nearest section, and these before those of sections further up. Visibility
/// is the exception: nothing below is laxer than what a cascade asks for.
struct Cascade: Equatable, Sendable {
    /// Every key that works.
    static let keys = ["visibility", "allow", "draft", "layout", "params"]

    /// Where the cascade is written.
    let place: Place
    /// Where it says private; nil where it says nothing of visibility.
    let closedAt: Place?
    /// Only where it says private.
    let requirements: [Requirement]
    let draft: Bool?
    let layout: String?
    let layoutPlace: Place
    let params: [String: TemplateValue]

    /// Nil where the front matter has none; notes what is wrong in it.
    init?(_ frontMatter: YAMLTable) {
        guard let entry = frontMatter.entry("cascade") else { return nil }
        let table = frontMatter.table("cascade", keys: Self.keys)
        place = entry.place
        let visibility = table.choice("visibility", of: Visibility.self)
        if visibility == .public, let entry = table.entry("visibility") {
            table.reading.report(
                at: entry.value.place,
                "a cascade can make what lies below it private, never public",
                advice: "remove it: what no rule and no cascade closes is as open as the site's default"
            )
        }
        requirements = [Requirement](allow: table.entry("allow")?.value, table.reading)
        if visibility == nil, let allow = table.entry("allow") {
            table.reading.report(
                at: allow.place,
                "'allow' in a cascade that says nothing of visibility",
                advice: "add 'visibility: private' beside it"
            )
        }
        closedAt = visibility == .private ? table.place(of: "visibility") : nil
        draft = table.flag("draft")
        layout = table.text("layout")
        layoutPlace = table.place(of: "layout")
        params = FrontMatter.params(table)
    }
}
