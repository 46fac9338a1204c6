using System.Net;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>Who does what a transaction does. Every event of the transaction carries it.</summary>
/// <param name="Name">What kind of actor and its name, such as <c>person:amina</c>, <c>device:pi-001</c> or <c>software:coldchain-server 0.1.0</c>.</param>
/// <param name="Source">The address from which it was asked; null for the server itself.</param>
internal sealed record Actor(string Name, string? Source = null)
{
    /// <summary>This program: judging, holding, and whatever else nobody asked for.</summary>
    public static readonly Actor Software = new($"software:coldchain-server {VersionText()}");

    /// <summary>A device, by what it sent.</summary>
    public static Actor Device(DeviceId device) => new($"device:{device.Value}");

    /// <summary>A person who has signed in.</summary>
    public static Actor Person(string account, IPAddress? from) => new($"person:{account}", from?.ToString());

    /// <summary>Another program, by the name of its API token.</summary>
    public static Actor Token(string name, IPAddress? from) => new($"token:{name}", from?.ToString());

    private static string VersionText() => typeof(Actor).Assembly.GetName().Version?.ToString(3) ?? "0";
}
