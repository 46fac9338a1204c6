namespace ColdChain.Server.Fleet;

/// <summary>A place with storage units: a regional centre, a hospital blood bank, a depot, the home of a van.</summary>
/// <param name="Id">The name by which the file refers to it.</param>
/// <param name="Name">The name for people.</param>
/// <param name="Zone">The time zone of its screens and reports.</param>
internal sealed record Site(string Id, string Name, TimeZoneInfo Zone)
{
    /// <summary>The region that it belongs to, by which rights are granted for all its sites at once; null for none.</summary>
    public string? Region { get; init; }
}
