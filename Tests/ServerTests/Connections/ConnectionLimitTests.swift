import Testing

@testable import Server

struct ConnectionLimitTests {
    @Test(arguments: [(64, 8), (256, 104), (1024, 488), (65_536, 10_000), (Int.max, 10_000), (0, 8)])
    func `connections leave descriptors for files and for Appwrite`(descriptors: Int, connections: Int) {
        #expect(ConnectionLimit.fitting(descriptors: descriptors) == connections)
    }

    @Test(.timeLimit(.minutes(1)))
    func `who comes when all connections are taken is served after one has ended`() async throws {
        try await Stage.run(adapt: { $0.connections = 1 }) { stage in
            let request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
            var first: Wire? = try Wire(port: stage.port)
            await first?.send(request)
            let heard = await first?.read(upTo: "everyone")
            #expect(heard?.status == 200)
            let second = try Wire(port: stage.port)
            await second.send(request)
            #expect(await second.read(within: 200).text.isEmpty)
            first = nil
            #expect(await second.read(upTo: "everyone").status == 200)
        }
    }
}
