using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors.Replay;
using ColdChain.Edge.Sensors.Simulated;
using ColdChain.Edge.Tests.Support;
using ColdChain.Hosting.Clocks;
using ColdChain.Hosting.Configuration;
using ColdChain.Hosting.Connections;
using ColdChain.Tests.Shared;

namespace ColdChain.Edge.Tests.Configuration;

public sealed class EdgeConfigFileTests : IDisposable
{
    private const string Whole = """
        device: fridge-7
        broker:
          host: 10.0.0.5
          port: 1884
          tls: false
          user: fridge-7
          passwordFile: secret
        outbox:
          path: data/outbox.db
          retentionDays: 45
        uplink: {ackTimeoutSeconds: 90}
        clock: {trust: always}
        probes:
          - {id: load, kind: simulated, model: van, role: load, unit: van-1, seed: 7}
          - {id: air, kind: simulated, model: van, role: air, unit: van-1, seed: 7}
          - {id: old, kind: replay, file: recording.csv, speed: 0}
        """;

    private readonly TempFolder _folder = new();

    [Fact]
    public void Read_WholeFile_FindsEverythingRelativeToItsFolder()
    {
        _folder.Write("secret", "s3cret\n");
        _folder.Write("recording.csv", "time,celsius\n2026-11-22T12:00:00Z,4\n");

        var config = EdgeYaml.Read(_folder.Write("edge.yaml", Whole));

        config.Device.Should().Be(new DeviceId("fridge-7"));
        config.Broker.Should().Be(new Connection("10.0.0.5", 1884, "fridge-7", "s3cret", Tls: null));
        config.OutboxPath.Should().Be(_folder.File("data/outbox.db"));
        config.Retention.Should().Be(TimeSpan.FromDays(45));
        config.AckTimeout.Should().Be(TimeSpan.FromSeconds(90));
        config.Clock.Should().BeOfType<AssumedClock>();
        var sources = config.Sources.Select(make => make(new ManualTime(Some.Noon))).ToList();
        sources.Select(source => source.GetType()).Should().Equal(typeof(SimulatedSource), typeof(SimulatedSource), typeof(ReplaySource));
        sources.Select(source => source.Probe.ToString()).Should().Equal("fridge-7/load", "fridge-7/air", "fridge-7/old");
    }

    [Theory]
    [InlineData("edge.yaml")]
    [InlineData("edge-pi.yaml")]
    public void Read_SampleOfTheDistribution_IsAccepted(string sample)
    {
        var config = EdgeYaml.Read(Path.Combine(Repository.Root, "firmware-config", sample));

        config.Sources.Should().HaveCount(2);
        config.AckTimeout.Should().Be(TimeSpan.FromSeconds(30));
        config.Clock.Should().BeOfType<KernelClock>();
    }

    [Fact]
    public void Read_ManyErrors_ListsAllOfThemInTheOrderOfTheirLines()
    {
        var read = () => EdgeYaml.Read(_folder.Write("edge.yaml", """
            device: "fridge 7"
            brokr: {}
            broker:
              host: h
              tls: maybe
              passwordFile: nowhere
            outbox: {path: o.db, retentionDays: 3}
            probes:
              - {id: a, kind: thermocouple}
              - {id: a, kind: replay, speeed: 1}
              - {id: b, kind: simulated, model: van, role: lod, intervalSeconds: 0.5}
            """));

        var lines = read.Should().Throw<ConfigException>().Which.Message.Split(Environment.NewLine);
        lines.Select(line => line[(line.IndexOf("line ", StringComparison.Ordinal) + 5)..].Split(';')[0]).Should().Equal(
            "1: 'fridge 7' is not a device name",
            "2: 'brokr' is not a key that is known here",
            "5: 'tls: maybe' is neither true nor false",
            "6: there is no file " + _folder.File("nowhere"),
            "6: 'passwordFile' without 'user': MQTT 3.1.1 has no password without a user name",
            "7: 'retentionDays: 3' is not a number from 30 to 3650",
            "9: 'kind: thermocouple' is not known",
            "10: probe 'a' is there already, in line 9",
            "10: 'file' is missing",
            "10: 'speeed' is not a key that is known here",
            "11: 'role: lod' is not known",
            "11: 'intervalSeconds: 0.5' is not a number from 1 to 3600");
        lines.Should().OnlyContain(line => line.Contains("; ", StringComparison.Ordinal), "each error has its cure");
    }

    [Theory]
    [InlineData("device: a\ndevice: b\n", "line 2:*Duplicate key*each key once")]
    [InlineData("device: [\n", "line*correct the YAML")]
    [InlineData("", "line 1: there are no keys; write 'key: value'*")]
    [InlineData("just a text", "line 1: there are no keys; write 'key: value'*")]
    public void Read_NoProperYaml_NamesTheLine(string content, string error)
    {
        var read = () => EdgeYaml.Read(_folder.Write("edge.yaml", content));

        read.Should().Throw<ConfigException>().WithMessage($"*edge.yaml, {error}*");
    }

    [Theory]
    [InlineData("  tls: false\n  caFile: ca.pem", "'caFile' has no meaning with 'tls: false'")]
    [InlineData("  port: 70000", "'port: 70000' is not a number from 1 to 65535")]
    public void Read_BrokerContradiction_IsAnError(string keys, string error)
    {
        _folder.Write("ca.pem", "");

        var read = () => EdgeYaml.Read(_folder.Write("edge.yaml", Minimal(broker: keys)));

        read.Should().Throw<ConfigException>().WithMessage($"*{error}*");
    }

    [Fact]
    public void Read_ProbesOfOneUnitWithDifferentModels_IsAnError()
    {
        var read = () => EdgeYaml.Read(
            _folder.Write("edge.yaml", Minimal() + "\n  - {id: air, kind: simulated, model: van, role: air, unit: load}\n"));

        read.Should().Throw<ConfigException>().WithMessage("*unit 'load' has another model or seed above*same 'model' and 'seed'*");
    }

    [Fact]
    public void Read_BadRecording_IsAnErrorOfTheConfigurationWithTheRecordingsLine()
    {
        _folder.Write("r.csv", "time,celsius\nyesterday,4\n");

        var read = () => EdgeYaml.Read(_folder.Write("edge.yaml", Minimal() + "\n  - {id: old, kind: replay, file: r.csv}\n"));

        read.Should().Throw<ConfigException>().WithMessage("*edge.yaml, line 8:*r.csv, line 2: 'yesterday' is not a time*");
    }

    public void Dispose() => _folder.Dispose();

    private static string Minimal(string broker = "  port: 1883") => $"""
        device: fridge-7
        broker:
          host: h
        {broker}
        outbox: {"{path: o.db}"}
        probes:
          - {"{id: load, kind: simulated, model: blood-fridge, role: load}"}
        """;
}
