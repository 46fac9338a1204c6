using System.Security.Cryptography;
using ColdChain.Core.Readings;

namespace ColdChain.Torture.Tests.Sites;

/// <summary>The packs of a device in a record store as they lie in its file, past the classes that wrote them.</summary>
internal sealed class StoredPacks(string record, DeviceId device)
{
    private readonly List<(string Epoch, SeqRanges Accepted, Instant Received, byte[] Bytes, byte[] Sha256)> _packs = StoredFiles.Rows(
        record,
        $"SELECT epoch, accepted, received, bytes, sha256 FROM packs WHERE device = '{device}'",
        row => (row.GetString(0), SeqRanges.TryParse(row.GetString(1), out var seqs) ? seqs : throw new FormatException(row.GetString(1)), new Instant(row.GetInt64(2)), (byte[])row[3], (byte[])row[4]));

    /// <summary>Every number from 1 to the last counts once, under one epoch, and each pack is what its hash says.</summary>
    public void MustHoldEachOnce(long readings)
    {
        _packs.Select(pack => pack.Epoch).Distinct().Should().ContainSingle("the outbox was never made anew");
        _packs.Sum(pack => pack.Accepted.Count).Should().Be(readings, "no number counts twice");
        _packs.Aggregate(SeqRanges.Empty, (all, pack) => all.Union(pack.Accepted)).Should().Be(SeqRanges.Of(1, readings));
        _packs.Should().OnlyContain(pack => SHA256.HashData(pack.Bytes).SequenceEqual(pack.Sha256));
    }

    /// <summary>True when packs were stored before an instant and after it.</summary>
    public bool WereUnderWayAt(Instant at) => _packs.Exists(pack => pack.Received < at) && _packs.Exists(pack => pack.Received > at);
}
