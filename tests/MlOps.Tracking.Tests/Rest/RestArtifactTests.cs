using System.Text;
using MlOps.Tracking.Artifacts;
using MlOps.Tracking.Rest;
using MlOps.Tracking.Stores;
using MlOps.Tracking.Tests.Contract;
using static MlOps.Tracking.Tests.Rest.FakeServer;

namespace MlOps.Tracking.Tests.Rest;

[Needs(typeof(MlflowServer))]
public sealed class RestArtifactTests(RestContractTests.Modern fixture) : IClassFixture<RestContractTests.Modern>
{
    private MlflowServer Server => fixture.Server;

    private static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    private static byte[] ReadAll(Stream stream)
    {
        using (stream)
        {
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
    }

    private (RestStore Store, IArtifactStore Files) Open()
    {
        RestStore store = Server.Open();
        return (store, store.OpenArtifacts(store.CreateRun(new NewRun()).Info.ArtifactUri));
    }

    [ContractFact]
    public void Write_StreamThatCannotSeek_GoesUpWhole()
    {
        (RestStore store, IArtifactStore files) = Open();
        using (store)
        {
            byte[] bytes = Bytes(3_000_001);
            files.Write("big.bin", new OneWay(bytes));
            Assert.Equal(bytes, ReadAll(files.OpenRead("big.bin")));
        }
    }

    [ContractFact]
    public void Write_FromTheMiddleOfAStream_LeavesItOpenAndSurvivesABrokenTry()
    {
        (RestStore store, IArtifactStore files) = Open();
        using (store)
        {
            using var stream = new MemoryStream(Bytes(300_000)) { Position = 100 };
            Server.Fault(new { kind = "drop-after", match = "mlflow-artifacts" });
            Server.Fault(new { kind = "status", status = 503, match = "mlflow-artifacts" });
            files.Write("part.bin", stream);
            Assert.True(stream.CanRead);
            Assert.Equal(stream.ToArray()[100..], ReadAll(files.OpenRead("part.bin")));
        }
    }

    [ContractFact]
    public void Write_StreamThatFails_IsItsOwnExceptionAndNoFile()
    {
        (RestStore store, IArtifactStore files) = Open();
        using (store)
        {
            Assert.Equal("the source is bad", Assert.Throws<InvalidDataException>(() => files.Write("bad.bin", new OneWay(Bytes(200_000), failAt: 150_000))).Message);
            Server.Forget();
            Assert.Equal("the disk is bad", Assert.Throws<IOException>(() => files.Write("bad.bin", new OneWay(Bytes(200_000), failAt: 150_000, new IOException("the disk is bad")))).Message);
            Assert.InRange(Server.Seen().Length, 0, 1); // no second try
            Assert.Empty(files.List());
        }
    }

    [ContractFact]
    public void OpenRead_CutOff_IsAnExceptionNotAShortFile()
    {
        (RestStore store, IArtifactStore files) = Open();
        using (store)
        {
            files.Write("big.bin", new MemoryStream(Bytes(1_000_000)));
            Server.Fault(new { kind = "cut", match = "big.bin" });
            using Stream stream = files.OpenRead("big.bin");
            var e = Assert.Throws<TrackingException>(() => stream.CopyTo(Stream.Null));
            Assert.Equal(TrackingError.TemporarilyUnavailable, e.Error);
            Assert.Contains("500000 bytes", e.Message, StringComparison.Ordinal);
        }
    }

    [ContractFact]
    public void Names_WithEverythingInThem_ComeBack()
    {
        (RestStore store, IArtifactStore files) = Open();
        using (store)
        {
            string[] names = ["a b", "100%25", "q?x=1&y", "#hash", "plus+", "ü/é ñ", "semi;colon,comma", "tilde~", "[x]", "'quote\"", "%2e%2e"];
            foreach (string name in names)
            {
                files.Write(name, new MemoryStream(Encoding.UTF8.GetBytes(name)));
                Assert.Equal(name, Encoding.UTF8.GetString(ReadAll(files.OpenRead(name))));
            }

            Assert.Equal(names.Select(name => name.Split('/')[0]).Order(StringComparer.Ordinal), files.List().Select(file => file.Path));
            Assert.Equal("ü/é ñ", Assert.Single(files.List("ü")).Path);
        }
    }

    [Theory]
    [InlineData("""{"files":[{"path":"../../etc/passwd"}]}""")]
    [InlineData("""{"files":[{"path":".."}]}""")]
    [InlineData("""{"files":[{"path":7.5,"file_size":"many"}]}""")]
    [InlineData("""{"files":"none"}""")]
    public void List_HostileNames_AreRefused(string body)
    {
        using var server = new FakeServer(Says(body));
        Assert.Equal(TrackingError.InternalError, Assert.Throws<TrackingException>(() => server.Open().OpenArtifacts("mlflow-artifacts:/0/r/artifacts").List()).Error);
    }

    [Theory]
    [InlineData("mlflow-artifacts:/0/r/artifacts", "/api/2.0/mlflow-artifacts/artifacts/0/r/artifacts/a%20b")]
    [InlineData("mlflow-artifacts://server.test:5000/0/r", "/api/2.0/mlflow-artifacts/artifacts/0/r/a%20b")]
    [InlineData("http://server.test:5000/api/2.0/mlflow-artifacts/artifacts/0/r", "/api/2.0/mlflow-artifacts/artifacts/0/r/a%20b")]
    [InlineData("mlflow-artifacts:/", "/api/2.0/mlflow-artifacts/artifacts/a%20b")]
    [InlineData("mlflow-artifacts:///0/r%20s", "/api/2.0/mlflow-artifacts/artifacts/0/r%20s/a%20b")]
    public void OpenArtifacts_ProxiedAddress_IsAskedOfTheServer(string uri, string expected)
    {
        using var server = new FakeServer(Says("{}"));
        server.Open().OpenArtifacts(uri).Delete("a b");
        Assert.Equal([$"DELETE {expected}"], server.Requests);
    }

    [Theory]
    [InlineData("s3://bucket/0/r/artifacts")]
    [InlineData("hdfs://host/x")]
    [InlineData("http://elsewhere.test/files/x")]
    [InlineData("file:///no/such/folder/0/r/artifacts")]
    [InlineData("/no/such/folder/0/r/artifacts")]
    public void OpenArtifacts_OutOfReach_SaysWhy(string uri)
    {
        using var server = new FakeServer(Says("{}"));
        var e = Assert.Throws<TrackingException>(() => server.Open().OpenArtifacts(uri));
        Assert.Contains(uri, e.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void OpenArtifacts_LocalFolder_IsUsedDirectly()
    {
        string folder = Directory.CreateTempSubdirectory("mlops é ").FullName;
        try
        {
            using var server = new FakeServer(Says("{}"));
            Assert.Equal(folder, Assert.IsType<LocalArtifacts>(server.Open().OpenArtifacts(new Uri(folder).AbsoluteUri)).Folder);
            Assert.Equal(folder, Assert.IsType<LocalArtifacts>(server.Open().OpenArtifacts(folder)).Folder);
            Assert.Equal("/not/there/yet", Assert.IsType<LocalArtifacts>(server.Open(address: "http://127.0.0.1:5000/").OpenArtifacts("file:///not/there/yet")).Folder);
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    [Fact]
    public void OpenArtifacts_OfARun_AsksForItsAddress()
    {
        using var server = new FakeServer(Says("""{"run":{"info":{"run_id":"r1","artifact_uri":"mlflow-artifacts:/0/r1/artifacts"}}}"""), Says("{}"));
        server.Open().OpenArtifacts("runs:/r1/model").Delete("x");
        Assert.Equal("DELETE /api/2.0/mlflow-artifacts/artifacts/0/r1/artifacts/model/x", server.Requests[1]);
    }

    [Theory]
    [InlineData("models:/credit/3", "GET /api/2.0/mlflow/model-versions/get?name=credit&version=3")]
    [InlineData("models:/credit@champion", "GET /api/2.0/mlflow/registered-models/alias?name=credit&alias=champion")]
    public void OpenArtifacts_OfAModel_AsksForItsSource(string uri, string expected)
    {
        using var server = new FakeServer(
            Says("""{"model_version":{"name":"credit","version":"3","source":"models:/m-0a1b"}}"""), Says("""{"model":{"info":{"artifact_uri":"mlflow-artifacts:/0/models/m-0a1b/artifacts"}}}"""), Says("{}"));
        server.Open().OpenArtifacts(uri).Delete("x");
        Assert.Equal([expected, "GET /api/2.0/mlflow/logged-models/m-0a1b", "DELETE /api/2.0/mlflow-artifacts/artifacts/0/models/m-0a1b/artifacts/x"], server.Requests);
    }

    [Theory]
    [InlineData("models:/credit/3", "models:/credit/3")]
    [InlineData("models:/credit/new", "")]
    public void OpenArtifacts_OfAModelThatLeadsOn_IsRefused(string uri, string source)
    {
        using var server = new FakeServer(Says($"{{\"model_version\":{{\"name\":\"credit\",\"version\":\"3\",\"source\":\"{source}\"}}}}"));
        Assert.Equal(TrackingError.InvalidParameterValue, Assert.Throws<TrackingException>(() => server.Open().OpenArtifacts(uri)).Error);
    }

    [ContractFact]
    public void OpenArtifacts_OnAnotherServer_DoesNotSendThePasswordThere()
    {
        using var other = new MlflowServer("--require-token", "s3cret");
        using RestStore store = Server.Open(authorization: "Bearer s3cret");
        IArtifactStore files = store.OpenArtifacts($"mlflow-artifacts://127.0.0.1:{other.Port}/0/r");
        Assert.Equal(TrackingError.Unauthenticated, Assert.Throws<TrackingException>(() => files.List()).Error);
    }

    private sealed class OneWay(byte[] bytes, int failAt = int.MaxValue, Exception? fault = null) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int some = Math.Min(Math.Min(count, 40_000), bytes.Length - _at);
            if (_at + some > failAt)
            {
                throw fault ?? new InvalidDataException("the source is bad");
            }

            Array.Copy(bytes, _at, buffer, offset, some);
            _at += some;
            return some;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
