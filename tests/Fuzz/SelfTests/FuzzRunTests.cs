using System.Text;
using ColdChain.Fuzz.Tests.Engine;
using Xunit.Abstractions;

namespace ColdChain.Fuzz.Tests.SelfTests;

/// <summary>A net that catches nothing looks like a sea without fish: each kind of failure is made, and found.</summary>
public sealed class FuzzRunTests(ITestOutputHelper output)
{
    private const int Inputs = 2000;

    [Fact]
    public async Task Target_ThatThrows_FailsWithTheSmallestInput()
    {
        var run = () => RunAsync(new Sample(input => input.AsSpan().IndexOf("\"seq\""u8) >= 0 ? throw new FormatException("seq") : "fine"));

        var failure = (await run.Should().ThrowAsync<FuzzFailure>()).Which;

        failure.InnerException.Should().BeOfType<FormatException>();
        failure.Message.Should().StartWith("self-test, kept as ").And.Contain($"5 bytes in base64: {Convert.ToBase64String("\"seq\""u8)}");
    }

    [Fact]
    public async Task Target_ThatKeepsSomethingOfEachInput_Fails()
    {
        var kept = new List<byte[]>();
        var run = () => RunAsync(new Sample(_ =>
        {
            kept.Add(new byte[10_000]);
            return "kept";
        }));

        await run.Should().ThrowAsync<InvalidOperationException>().WithMessage("self-test: the heap grew by *");
        kept.Should().HaveCountGreaterThan(Inputs);
    }

    [Fact]
    public async Task Target_ThatAllocatesBeyondItsLimit_Fails()
    {
        var run = () => RunAsync(new Sample(input => $"{new byte[input.Length > 400 ? 2_000_000 : 1].Length}"));

        await run.Should().ThrowAsync<FuzzFailure>().WithMessage("self-test, *it allocated 2* and 1000000 is the most*");
    }

    [Fact]
    public async Task Target_ThatNeverComesBack_Fails()
    {
        var run = () => RunAsync(new Hanging(), TimeSpan.FromMilliseconds(100));

        await run.Should().ThrowAsync<FuzzFailure>().WithMessage("self-test, kept as *: it did not come back within *");
    }

    [Fact]
    public async Task Target_InWhichNothingIsWrong_Passes()
    {
        var inputs = new HashSet<string>();
        await RunAsync(new Sample(input => inputs.Add(Convert.ToBase64String(input)) ? "new" : "again"));
        inputs.Should().HaveCountGreaterThan(Inputs / 2, "most mutations are new");
    }

    [Fact]
    public void Mutator_OfTheSameSeed_MakesTheSameInputs()
    {
        var (one, other) = (Mutations(), Mutations());
        one.Should().Equal(other);
        one.Distinct().Should().HaveCountGreaterThan(90);
    }

    [Fact]
    public void BlackBox_OfARunThatDied_GivesItsLastInputToTheNext()
    {
        var input = "the last one"u8.ToArray();
        var died = BlackBox.Open("self-test-box", out _);
        died.Write(input);
        // The file is left as a process leaves it that is gone.
        var left = File.ReadAllBytes(BlackBox.PathOf("self-test-box"));
        died.Dispose();
        File.WriteAllBytes(BlackBox.PathOf("self-test-box"), left);

        BlackBox.Open("self-test-box", out var found).Dispose();
        BlackBox.Open("self-test-box", out var gone).Dispose();

        found.Should().Equal(input);
        gone.Should().BeNull();
    }

    private static List<string> Mutations()
    {
        var mutator = new Mutator(new Random(1), [Encoding.UTF8.GetBytes("word")], 1000);
        return [.. Enumerable.Range(0, 100).Select(_ => Convert.ToBase64String(mutator.Mutate("{\"v\":4}"u8.ToArray(), "other"u8.ToArray())))];
    }

    private Task RunAsync(FuzzTarget target, TimeSpan? patience = null) => FuzzRun.OfAsync(target, Inputs, patience ?? TimeSpan.FromMinutes(2), output);

    private sealed class Sample(Func<byte[], string> feed) : FuzzTarget
    {
        public override string Name => "self-test";

        public override string Corpus => "ack";

        public override IReadOnlyList<byte[]> Words => ["word"u8.ToArray()];

        public override long AllocationMax => 1_000_000;

        public override Task<string> FeedAsync(byte[] input, CancellationToken cancellation) => Task.FromResult(feed(input));
    }

    private sealed class Hanging : FuzzTarget
    {
        public override string Name => "self-test";

        public override string Corpus => "ack";

        public override IReadOnlyList<byte[]> Words => [];

        public override async Task<string> FeedAsync(byte[] input, CancellationToken cancellation)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return "";
        }
    }
}
