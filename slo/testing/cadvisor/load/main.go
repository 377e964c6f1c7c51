// A container's work: load MEMORY_MIB SHARE_OF_A_CORE SECONDS MORE_MIB
// It holds so much memory and keeps so much of a core busy; after SECONDS (0: never) it takes MORE_MIB, or ends where that is 0.
package main

import (
	"os"
	"strconv"
	"time"
)

var held [][]byte

func hold(mib int) {
	for i := 0; i < mib; i++ {
		block := make([]byte, 1<<20)
		for page := 0; page < len(block); page += 4096 {
			block[page] = 1
		}
		held = append(held, block)
	}
}

func main() {
	number := func(at int) float64 {
		value, err := strconv.ParseFloat(os.Args[at], 64)
		if err != nil {
			panic(err)
		}
		return value
	}
	busy, after, more := number(2), number(3), int(number(4))
	hold(int(number(1)))
	const turn = 50 * time.Millisecond
	for began, turns := time.Now(), 0; ; turns++ {
		if after > 0 && time.Since(began).Seconds() > after {
			if more == 0 {
				return
			}
			hold(more)
			after = 0
		}
		for start := time.Now(); time.Since(start) < time.Duration(busy*float64(turn)); turns++ {
		}
		time.Sleep(time.Duration((1 - busy) * float64(turn)))
	}
}
