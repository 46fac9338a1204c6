using System.Globalization;
using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;

namespace ColdChain.EndToEnd.Tests.BadInput;

/// <summary>A device that the test speaks for, over MQTT. It numbers its readings and can say anything else as well.</summary>
internal sealed class SceneDevice(DeviceId device, Func<int> port, string secret)
{
    private const string EpochText = "0123456789abcdef0123456789abcdef";

    private long _last;

    public DeviceId Id => device;

    public ProbeId Probe => new(device, "load");

    /// <summary>Signs in, publishes, and returns when that is acknowledged by MQTT.</summary>
    /// <exception cref="MqttLinkException">The server refused it.</exception>
    public async Task PublishAsync(byte[] payload, string? topic = null)
    {
        await using var client = await ConnectAsync(device.Value, secret);
        await client.PublishAsync(new MqttMessage(topic ?? Topics.Up(device, UpKind.Live), payload), CancellationToken.None);
    }

    public Task PublishAsync(string json) => PublishAsync(Encoding.UTF8.GetBytes(json));

    public Task PublishAsync(Pack pack) => PublishAsync(PackCodec.Encode(pack));

    public Task<MqttClient> ConnectAsync(string user, string password)
    {
        var options = new MqttClientOptions { Host = "127.0.0.1", Port = port(), ClientId = user, UserName = user, Password = Encoding.UTF8.GetBytes(password) };
        return MqttClient.ConnectAsync(options, (_, _) => Task.CompletedTask, TimeProvider.System, CancellationToken.None);
    }

    /// <summary>The next readings, numbered on.</summary>
    public Pack NextPack(params (Instant At, string Celsius)[] samples)
    {
        var first = _last + 1;
        _last += samples.Length;
        return Pack(first, samples);
    }

    /// <summary>Readings with any numbers.</summary>
    public Pack Pack(long first, params (Instant At, string Celsius)[] samples) => new(
        device, EpochText, [.. samples.Select((sample, place) => new Reading
        {
            Key = new ReadingKey(device, EpochText, first + place),
            Probe = Probe,
            MeasuredAt = sample.At,
            Value = Celsius.TryParse(sample.Celsius, out var value) ? value : throw new FormatException(sample.Celsius),
        })]);

    /// <summary>One record as JSON, with the next number and whatever value or time is written in it.</summary>
    public string Record(string value, string? seconds = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"[{{\"bn\":\"{device}/\",\"epoch\":\"{EpochText}\",\"seq\":{_last + 1},\"n\":\"load\",\"t\":{seconds ?? Seconds()},\"v\":{value}}}]");

    private static string Seconds() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
