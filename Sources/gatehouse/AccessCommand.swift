import ArgumentParser
import Gate
import Ground
import Site

/// `gatehouse access`: who may see a page, and which line says so.
struct AccessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access",
        abstract: "Say who may see a page or a file, and which lines say so.",
        discussion: """
            Read from the sources as they are now, drafts included. PATH is an address, such as /members/fees/, or a file, \
            such as content/members/fees.md.
            """
    )

    @OptionGroup var site: SiteOptions

    @Argument(help: "The address or the file.")
    var path: String

    @Option(
        name: .customLong("as"),
        help: """
            A visitor: guest; member; or a member with label:NAME, team:ID, team:ID/ROLE, email:@DOMAIN, verified or \
            mfa, several of them joined by commas. May be given more than once.
            """
    )
    var visitors: [AccessVisitor] = []

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let build = Build(source: site.source, output: site.outputFolder, settings: try site.settings())
        let report = try await build.access(to: path)
        let answer = AccessAnswer(report, visitors.isEmpty ? AccessVisitor.usual(for: report) : visitors)
        let output = FileHandleText.standardOutput
        output.write(json ? try JSONText.of(answer) : answer.text(in: output))
    }
}

/// An answer of `gatehouse access`, for people and for programs.
private struct AccessAnswer: Encodable {
    struct Subject: Encodable {
        let path: String
        let file: String
        let access: String
        /// By visitor.
        let decisions: [Judgement]
    }

    struct Judgement: Encodable {
        let visitor: String
        let admitted: Bool
        let outcome: String
        /// For whom the parts are that they get besides; nil where they get none, or the page has none.
        let parts: String?
    }

    struct Reason: Encodable {
        let place: String
        let says: String
    }

    let subject: Subject
    let reasons: [Reason]
    let assets: [Subject]

    init(_ report: AccessReport, _ visitors: [AccessVisitor]) {
        func subject(_ subject: AccessReport.Subject) -> Subject {
            let access = subject.access
            return Subject(
                path: subject.path.text,
                file: subject.file,
                access: ([access.visibility.rawValue] + access.requirements.map(\.text)).joined(
                    separator: ", "
                ),
                decisions: visitors.map { visitor in
                    let decision = Decision(
                        visibility: access.visibility,
                        requirements: access.requirements,
                        standing: visitor.standing
                    )
                    let parts = decision == .allow ? subject.parts(for: visitor.standing) : nil
                    return Judgement(
                        visitor: visitor.name,
                        admitted: decision == .allow,
                        outcome: decision.outcome,
                        parts: parts
                    )
                }
            )
        }
        self.subject = subject(report.subject)
        reasons = report.reasons.map { Reason(place: "\($0.place)", says: $0.says) }
        assets = report.assets.map(subject)
    }

    func text(in output: FileHandleText) -> String {
        let reasons = TextTable(rows: reasons.map { ["  " + $0.place, $0.says] })
        let visitors = TextTable(
            rows: subject.decisions.map { decision in
                [
                    decision.visitor,
                    decision.outcome + (decision.parts.map { ", with the parts for " + $0 } ?? ""),
                ]
            }
        )
        let files = TextTable(
            rows: assets.map { asset in
                let admitted = asset.decisions.filter(\.admitted).map(\.visitor).joined(separator: ", ")
                return [asset.path, asset.access, "for: " + (admitted.isEmpty ? "none of these" : admitted)]
            }
        )
        return [
            "\(output.bold(subject.path))  \(subject.file)\n\(subject.access)\n\(reasons.text)",
            visitors.text,
            assets.isEmpty ? nil : files.text,
        ].compactMap(\.self).joined(separator: "\n\n")
    }
}

extension AccessReport.Subject {
    /// For whom the rendering is that the server sends to a visitor who may see the page.
    fileprivate func parts(for standing: Standing) -> String? {
        renderings.first {
            Decision(visibility: .private, requirements: $0.requirements, standing: standing) == .allow
        }?.requirements.forWhom
    }
}

extension Decision {
    /// Follows the visitor: `guest  is asked to sign in`.
    fileprivate var outcome: String {
        switch self {
        case .allow: "may see it"
        case .signIn: "is asked to sign in"
        case .secondFactor: "is asked for a second factor"
        case .blocked: "is blocked"
        case .passwordReset: "is asked for a new password"
        case .unavailable: "is told to come back later"
        case .refuse(let lacks): "is refused, lacking " + lacks.map(\.lack).joined(separator: " and ")
        }
    }
}

extension Requirement {
    fileprivate var lack: String {
        oneOf.map { fact in
            switch fact {
            case .label(let name): "the label \(name)"
            case .team(let id): "the team \(id)"
            case .role(let role, let team): "the role \(role) in the team \(team)"
            case .email(let domain): "a verified address at @\(domain)"
            case .verified: "a verified address"
            case .secondFactor: "a second factor"
            }
        }.joined(separator: " or ")
    }
}
