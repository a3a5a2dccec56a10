import HTTPTypes
import Testing
import Transfer

/// How exchanges and clients end before their time.
struct TransferEndTests {
    @Test(.timeLimit(.minutes(1)))
    func `a cancelled task is told at once, and its connection is closed`() async throws {
        let (arrivals, arrived) = AsyncStream<String>.makeStream()
        let server = try SocketServer { connection in
            _ = connection.readRequest()
            arrived.yield("request")
            if connection.read()?.isEmpty != false { arrived.yield("closed") }
            arrived.finish()
        }
        let client = try TransferClient()
        let task = Task {
            await client.failure(server.request(), limits: TransferLimits(total: .seconds(600)))
        }
        for await event in arrivals where event == "request" {
            task.cancel()
            #expect(await task.value == .cancelled)
            break
        }
        #expect(await arrivals.first { _ in true } == "closed")
    }

    @Test func `a task cancelled beforehand sends nothing`() async throws {
        let server = try SocketServer { _ in }
        let client = try TransferClient()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await client.failure(server.request())
        }
        #expect(await task.value == .cancelled)
        await client.shutdown()
        #expect(server.accepted == 0)
    }

    @Test func `a cancelled request leaves the others alone`() async throws {
        let server = try SocketServer { connection in
            while let request = connection.readRequest() {
                if request.contains("/slow") { while connection.read()?.isEmpty == false {} }
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            }
        }
        let client = try TransferClient()
        await withTaskGroup(of: Void.self) { group in
            for number in 1...40 {
                group.addTask {
                    let isSlow = number.isMultiple(of: 2)
                    let task = Task { await client.failure(server.request(.get, isSlow ? "/slow" : "/fast")) }
                    if isSlow { task.cancel() }
                    #expect(await task.value == (isSlow ? .cancelled : nil))
                }
            }
        }
    }

    @Test func `after the shutdown nothing is sent`() async throws {
        let server = try SocketServer { _ in }
        let client = try TransferClient()
        await client.shutdown()
        #expect(await client.failure(server.request()) == .closed)
        await client.shutdown()
        #expect(server.accepted == 0)
    }

    @Test func `a shutdown lets a request finish`() async throws {
        let (arrivals, arrived) = AsyncStream<SocketConnection>.makeStream()
        let server = try SocketServer { connection in
            _ = connection.readRequest()
            arrived.yield(connection)
        }
        let refused = try SocketServer { _ in }.request()
        let client = try TransferClient()
        async let response = client.send(server.request())
        let connection = await arrivals.first { _ in true }
        async let end: Void = client.shutdown(grace: .seconds(60))
        // Only once the client is closed does a further request fail in this way.
        while await client.failure(refused) != .closed {}
        connection?.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate")
        #expect(try await response.text == "late")
        await end
    }

    @Test func `a shutdown without grace cancels what is under way`() async throws {
        let (arrivals, arrived) = AsyncStream<Void>.makeStream()
        let server = try SocketServer { connection in
            _ = connection.readRequest()
            arrived.yield()
            while connection.read()?.isEmpty == false {}
        }
        let client = try TransferClient()
        async let failure = client.failure(server.request())
        _ = await arrivals.first { true }
        await client.shutdown(grace: .zero)
        #expect(await failure == .cancelled)
    }

    @Test func `many clients come and go`() async throws {
        let server = try SocketServer { connection in
            while connection.readRequest() != nil {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            }
        }
        for round in 1...100 {
            let client = try TransferClient()
            #expect(try await client.send(server.request()).text == "ok")
            // The others end with their last reference.
            if round.isMultiple(of: 2) { await client.shutdown() }
        }
    }
}
