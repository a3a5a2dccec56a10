import Gate
import Ground
import Markdown
import Settings
import Theme

/// What the tags of one page may use.
struct PageTags {
    let model: SiteModel
    let page: Page
    /// For whom the page is rendered.
    let reader: Reader

    init(_ model: SiteModel, page: Page, _ reader: Reader) {
        self.model = model
        self.page = page
        self.reader = reader
    }

    /// Whatever a page's words depend on comes in here.
    var environment: TagEnvironment {
        let template = TagTemplate(theme: model.theme(in: page.language), languages: model.tags.languages)
        return TagEnvironment(
            definitions: model.tags.definitions,
            variables: variables,
            closed: ["page", "site"],
            partialNames: model.tags.partials.keys.sorted(),
            partial: { model.tags.partials[$0]?.text },
            refusal: refusal,
            part: view,
            invitation: { invitation($0, isBlock: $1) },
            sharedIDs: reader.sharedIDs,
            render: { call in Result { () throws(Diagnostic) in try template.html(of: call) } }
        )
    }
}

extension PageTags {
    private var variables: [String: TagValue] {
        let frontMatter = page.source.frontMatter
        return [
            "page": .table([
                "title": .text(page.title ?? page.source.fallbackTitle),
                "description": Self.text(frontMatter.description),
                "path": .text(page.path.text),
                "private": .flag(page.access.visibility == .private),
                "date": Self.text(frontMatter.date?.day),
                "updated": Self.text(frontMatter.updated?.day),
                "tags": .list(frontMatter.tags.map(TagValue.text)),
                "params": .table(frontMatter.params.mapValues(\.tagValue)),
            ]),
            "site": .table([
                "title": .text(model.settings.title),
                "language": .text(model.settings.language),
                "url": .text(model.settings.url.origin),
            ]),
        ]
    }

    private static func text(_ text: String?) -> TagValue { text.map(TagValue.text) ?? .null }

    /// Whoever reads what is rendered, the page or a part of it for some, must be allowed to read what it includes.
    private func refusal(_ partial: PartialText) -> (problem: String, advice: String?)? {
        guard let access = model.tags.partials[partial.name]?.access,
            !reader.access.admitsOnly(thoseOf: access)
        else {
            return nil
        }
        let readers = reader.access.readers(of: page)
        return (
            "\(readers) would read what is private by \(access.place): '\(partial.name)'",
            "make what includes it as private as the partial, or take the partial out from under the rule"
        )
    }
}

extension TemplateValue {
    /// For tags; front matter's numbers are texts until someone counts with them.
    var tagValue: TagValue {
        switch self {
        case .text(let text), .html(let text): Self.number(text) ?? .text(text)
        case .markup(let bytes): .text(String(decoding: bytes, as: UTF8.self))
        case .flag(let flag): .flag(flag)
        case .number(let number): .number(Double(number))
        case .list(let values): .list(values.map(\.tagValue))
        case .table(let values): .table(values.mapValues(\.tagValue))
        }
    }

    private static func number(_ text: String) -> TagValue? {
        guard let first = text.utf8.first, "-0123456789".utf8.contains(first), let number = Double(text),
            // `007` and `1e3` are words.
            TagValue.number(number).shown == text
        else { return nil }
        return .number(number)
    }
}
