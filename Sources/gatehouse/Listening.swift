import ArgumentParser
import Glibc
import Ground
import NIOCore
import ServiceLifecycle

/// A service that listens at a port, and says which one and what to do where it cannot.
struct Listening<Listener: Service>: Service {
    let service: Listener
    let host: String
    let port: Int
    /// The option that chooses another port, such as `--port`.
    let option: String

    func run() async throws {
        do {
            try await service.run()
        } catch let error as IOError {
            guard let problem = problem(error.errnoCode) else { throw error }
            throw Ending(.environment, "error: \(problem)")
        } catch let error as SocketAddressError.UnknownHost {
            throw Ending(
                .environment,
                "error: there is no host '\(error.host)'\n    name an address of this machine, such as 127.0.0.1"
            )
        }
    }

    private func problem(_ code: CInt) -> String? {
        switch code {
        case EADDRINUSE:
            "port \(port) is in use\n    choose another with \(option), or end the program that listens there"
        case EACCES:
            "this user may not listen at port \(port)\n    choose one above 1023 with \(option)"
        case EADDRNOTAVAIL:
            "'\(host)' is no address of this machine\n    0.0.0.0 stands for all that it has"
        default: nil
        }
    }
}

extension Service {
    /// The same service, with an error that names the port.
    func listening(at port: Int, of host: String = "127.0.0.1", option: String = "--port") -> some Service {
        Listening(service: self, host: host, port: port, option: option)
    }
}

/// The ports that options take.
enum Ports {
    /// Throws where a port is none; `lowest` is 0 where any free port will do.
    static func check(_ port: Int?, _ option: String, lowest: Int = 1) throws {
        guard let port, !(lowest...65535).contains(port) else { return }
        throw ValidationError("\(option) takes a number from \(lowest) to 65535")
    }
}
