import Compression
import Gate
import Ground

/// Proves over a finished release, as it lies on the disk, that each twin holds what its file holds and nothing else.
///
/// That a tree holds no other twins is for `Audit` to say.
struct TwinAudit {
    let folder: ReleaseFolder
    let crew: Crew

    /// All twins of the public tree, by their path below the release; proven once `findings` has found nothing.
    static func publicTwins(_ table: GateTable) -> Set<String> {
        Set(
            table.routes.filter { $0.visibility == .public }.flatMap { $0.twins ?? [] }
                .map { "public/" + $0.file }
        )
    }

    func findings(_ table: GateTable) async throws -> [String] {
        let routes = table.readings.filter { $0.twins != nil }
        return try await crew.map(routes.count) { position in
            let route = routes[position]
            return (route.twins ?? []).compactMap { twin in
                flaw(of: twin, route).map { "\(route.visibility.rawValue)/\(twin.file) \($0)" }
            }
        }.flatMap(\.self)
    }
}

extension TwinAudit {
    private func flaw(of twin: Twin, _ route: Route) -> String? {
        guard twin.file == route.file + twin.coding.ending else { return "does not lie beside \(route.file)" }
        do {
            let coded = try folder.read(twin.file, route.visibility)
            guard coded.count == twin.length, FileDigest(of: coded).hex == twin.digest else {
                return "is not what the gate table says"
            }
            let plain = try twin.coding.expand(coded, limit: route.length)
            return FileDigest(of: plain).hex == route.digest ? nil : "holds something else than \(route.file)"
        } catch let failure as CompressionFailure {
            return "does not expand to \(route.file): \(failure)"
        } catch {
            return "\(error)"
        }
    }
}
