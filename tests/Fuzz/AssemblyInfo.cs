// One target at a time: the level of the heap is the process's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
