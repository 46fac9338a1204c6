using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Store;
using Some = ColdChain.Server.Tests.Ingest.Some;

namespace ColdChain.Server.Tests;

public sealed class StopTests
{
    [Fact]
    public async Task Stop_StoresFirstWhatMqttHasAcknowledged()
    {
        await using var scene = await Scene.OpenAsync();
        await using (var server = await scene.ServeAsync())
        {
            Task stopping;
            await using (await BusyWriter.StartAsync(server.App.Store))
            {
                await PublishAsync(server, PackOf(1, "06:01"), PackOf(2, "06:02"), PackOf(3, "06:03"));
                stopping = server.App.DisposeAsync().AsTask();
            }

            await stopping;
        }

        await using var store = RecordStore.Open(Path.Combine(scene.DataFolder, "record.db"), scene.Clock);
        store.Read(session => ReadingReader.Read(session, [Some.Probe], Instant.Beginning, Instant.End)).Should().HaveCount(3);
    }

    [Fact]
    public async Task Stop_WithADiskThatDoesNotAnswer_EndsAllTheSame()
    {
        await using var scene = await Scene.OpenAsync();
        var server = await scene.ServeAsync(change: options => options with { StopAtMost = TimeSpan.FromMilliseconds(200) });
        await using var busy = await BusyWriter.StartAsync(server.App.Store);

        var stop = async () => await server.DisposeAsync();

        await stop.Should().NotThrowAsync();

        // Once the disk answers after all, the rest of the stop goes on, and uses the folder until it has ended.
        await busy.DisposeAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(IsFree(Path.Combine(scene.DataFolder, "record.db.lock"))));
    }

    private static bool IsFree(string lockFile)
    {
        try
        {
            using var taken = new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static Pack PackOf(long seq, string time) => Some.PackOf(Some.Reading(seq, at: Scene.At(time)));

    // Each is acknowledged by MQTT: it waits in the lane, or for the writer.
    private static async Task PublishAsync(ServedScene server, params Pack[] packs)
    {
        await using var device = await MqttClient.ConnectAsync(
            new MqttClientOptions
            {
                Host = "127.0.0.1",
                Port = server.App.MqttAddress.Port,
                ClientId = "device",
                UserName = Some.Device.Value,
                Password = Encoding.UTF8.GetBytes(server.App.Devices.Renew(Some.Device)),
            },
            (_, _) => Task.CompletedTask,
            TimeProvider.System,
            CancellationToken.None);
        foreach (var pack in packs)
        {
            await device.PublishAsync(new MqttMessage(Topics.Up(pack.Device, UpKind.Live), PackCodec.Encode(pack)), CancellationToken.None);
        }
    }
}
