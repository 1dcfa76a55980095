#define _GNU_SOURCE
#include "shim.h"
#include <link.h>
#include <sys/mman.h>

static int forget(struct dl_phdr_info *program, size_t size, void *context) {
  (void)size, (void)context;
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  for (int place = 0; place < program->dlpi_phnum; place++) {
    const ElfW(Phdr) *segment = &program->dlpi_phdr[place];
    // What may be written has pages that the file doesn't: relocated addresses, for one.
    if (segment->p_type != PT_LOAD || segment->p_flags & PF_W) continue;
    uintptr_t start = program->dlpi_addr + segment->p_vaddr, end = start + segment->p_memsz;
    start = (start + page - 1) & ~(page - 1);
    end &= ~(page - 1);
    if (start < end) madvise((void *)start, end - start, MADV_DONTNEED);
  }
  return 1; // The program itself comes first (dl_iterate_phdr(3)); libraries are others' too.
}

void duban_forget_code(void) { dl_iterate_phdr(forget, NULL); }
