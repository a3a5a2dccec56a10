import ArgumentParser
import Gate
import Site

/// Somebody who might come, as `--as` names them.
struct AccessVisitor: ExpressibleByArgument {
    let name: String
    /// Of whom everything is known, and nothing holds that was not named.
    let standing: Standing

    init?(argument: String) {
        name = argument
        if argument == "guest" {
            standing = .guest(id: "guest")
            return
        }
        var facts: [Fact] = []
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) where part != "member" {
            // Whoever parses the arguments says that it is none.
            guard let fact = try? Fact(String(part)) else { return nil }
            facts.append(fact)
        }
        guard let member = Member(facts) else { return nil }
        standing = .member(member)
    }

    /// A guest, any member, one who has what is asked for, and one for each part of a page that asks for more.
    static func usual(for report: AccessReport) -> [AccessVisitor] {
        let asked = [report.subject.access] + report.subject.renderings.reversed()
        var names = ["guest", "member"]
        for name in asked.map({ traits($0.requirements) }) where !names.contains(name) { names.append(name) }
        return names.compactMap(AccessVisitor.init)
    }

    /// Of each requirement the first fact, and those once that several have.
    private static func traits(_ asked: [Requirement]) -> String {
        Set(asked.compactMap(\.oneOf.first)).sorted().map(\.text).joined(separator: ",")
    }
}

extension Member {
    /// A member of whom these facts hold, and what follows from them; nil where no account can have all of them.
    fileprivate init?(_ facts: [Fact]) {
        var (labels, teams, domains): (Set<String>, Set<String>, Set<String>) = ([], [], [])
        var roles: [String: Set<String>] = [:]
        for fact in facts {
            switch fact {
            case .label(let name): labels.insert(name)
            case .team(let id): teams.insert(id)
            case .role(let role, let team):
                teams.insert(team)
                roles[team, default: []].insert(role)
            case .email(let domain): domains.insert(domain)
            case .verified, .secondFactor: break
            }
        }
        guard domains.count < 2 else { return nil }
        var details: [Detail: Set<String>] = [
            .teams: teams,
            .factors: facts.contains(.secondFactor) ? ["password", "totp"] : ["password"],
        ]
        for (team, names) in roles { details[.roles(team: team)] = names }
        self.init(
            id: "member",
            email: domains.first.map { "member@\($0)" } ?? "",
            labels: labels,
            isVerified: facts.contains(.verified),
            hasVerifiedEmail: !domains.isEmpty,
            details: details
        )
    }
}
